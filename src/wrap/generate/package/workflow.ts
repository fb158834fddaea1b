/** .github/workflows/release.yml: every platform is built where it can be, all packages are published by a tag. */
import type { Package } from '../../ir/ir.js'
import { binaryName, mark, type PackageInfo } from './info.js'
import { platforms } from './platforms.js'

export function releaseWorkflow(p: Package, info: PackageInfo): string {
  const matrix = platforms.map(
    ({ triple, target, runner, cross }) =>
      `          - { triple: ${triple}, target: ${target}, runner: ${runner}${cross === true ? ', cross: true' : ''} }`,
  )
  return `# ${mark(p)}
#
# Builds every platform and publishes all packages, started by a tag \`v<version>\`. Publishing uses npm's trusted publishing: the
# registry accepts this workflow's identity, so there is no token to leak. Each package has to name this repository and this
# file as its trusted publisher once, by hand.
name: release

on:
  push:
    tags: ['v*']

permissions:
  contents: read

jobs:
  build:
    strategy:
      fail-fast: false
      matrix:
        include:
${matrix.join('\n')}
    runs-on: \${{ matrix.runner }}
    timeout-minutes: 60
    env:
      FERRULE_TARGET: \${{ matrix.target }}
      FERRULE_CROSS_COMPILE: \${{ matrix.cross && '1' || '' }}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - name: the tag is the version
        shell: bash
        run: test "$GITHUB_REF_NAME" = "v$(node -p "require('./package.json').version")"
      - run: rustup target add \${{ matrix.target }}
      - if: matrix.cross
        uses: mlugg/setup-zig@v2
      - if: matrix.cross
        run: cargo install cargo-zigbuild --locked
      - run: npm install --no-audit --no-fund
      - run: npm run build
      - if: matrix.triple == 'linux-x64-gnu' || matrix.triple == 'linux-arm64-gnu' || matrix.triple == 'darwin-arm64' || matrix.triple == 'win32-x64-msvc'
        run: npm test
      - uses: actions/upload-artifact@v4
        with:
          name: \${{ matrix.triple }}
          path: npm/\${{ matrix.triple }}/*.node
          if-no-files-found: error

  publish:
    needs: build
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read
      # The identity that trusted publishing and provenance are made from.
      id-token: write
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          # Trusted publishing needs npm 11.5, which comes with this Node.
          node-version: 24
      - run: npm install --no-audit --no-fund
      # The binaries come from the machines above; this one would compile against a newer C library.
      - run: npm run build -- --no-addon
      - uses: actions/download-artifact@v4
        with:
          path: artifacts
      - name: every binary in its package
        run: for triple in $(ls artifacts); do mv artifacts/$triple/*.node npm/$triple/; done
      # Provenance: the registry holds the repository that a package names against the one it comes from.
      - name: the repository in every package
        run: |
          for folder in . npm/*; do
            (cd "$folder" && npm pkg set repository.type=git "repository.url=git+$GITHUB_SERVER_URL/$GITHUB_REPOSITORY.git")
          done
      - run: npm run pack -- --out packages
      # Platform packages first: the main package must never be there without what it depends on.
      - name: publish
        run: |
          main="packages/${tarball(info)}-${p.spec.lib.version}.tgz"
          for package in packages/*.tgz; do
            test "$package" = "$main" || npm publish "./$package" --provenance --access public
          done
          npm publish "./$main" --provenance --access public
`
}

/** As `npm pack` names the file of a scoped package, too. */
const tarball = (info: PackageInfo): string => binaryName(info)
