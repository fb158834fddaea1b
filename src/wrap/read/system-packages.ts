/** Which Debian package holds what a build script misses: a library, by the name pkg-config has for it, or a program. */

/** Names of Debian 12; Ubuntu has the same. */
const LIBRARIES: Readonly<Record<string, string>> = {
  alsa: 'libasound2-dev',
  atk: 'libatk1.0-dev',
  'ayatana-appindicator3-0.1': 'libayatana-appindicator3-dev',
  bluez: 'libbluetooth-dev',
  bzip2: 'libbz2-dev',
  cairo: 'libcairo2-dev',
  dav1d: 'libdav1d-dev',
  'dbus-1': 'libdbus-1-dev',
  egl: 'libegl-dev',
  expat: 'libexpat1-dev',
  fontconfig: 'libfontconfig-dev',
  freetype2: 'libfreetype-dev',
  fuse3: 'libfuse3-dev',
  gbm: 'libgbm-dev',
  gdal: 'libgdal-dev',
  'gdk-3.0': 'libgtk-3-dev',
  'gdk-pixbuf-2.0': 'libgdk-pixbuf-2.0-dev',
  geos: 'libgeos-dev',
  'gio-2.0': 'libglib2.0-dev',
  gl: 'libgl-dev',
  'glib-2.0': 'libglib2.0-dev',
  'gobject-2.0': 'libglib2.0-dev',
  gsl: 'libgsl-dev',
  'gstreamer-1.0': 'libgstreamer1.0-dev',
  'gtk+-3.0': 'libgtk-3-dev',
  gtk4: 'libgtk-4-dev',
  hdf5: 'libhdf5-dev',
  'icu-uc': 'libicu-dev',
  jack: 'libjack-jackd2-dev',
  'javascriptcoregtk-4.1': 'libjavascriptcoregtk-4.1-dev',
  libarchive: 'libarchive-dev',
  libavcodec: 'libavcodec-dev',
  libavformat: 'libavformat-dev',
  libavutil: 'libavutil-dev',
  libcap: 'libcap-dev',
  libcurl: 'libcurl4-openssl-dev',
  libdrm: 'libdrm-dev',
  libelf: 'libelf-dev',
  libgit2: 'libgit2-dev',
  libheif: 'libheif-dev',
  libinput: 'libinput-dev',
  libjpeg: 'libjpeg-dev',
  liblz4: 'liblz4-dev',
  liblzma: 'liblzma-dev',
  libpcap: 'libpcap-dev',
  libpcsclite: 'libpcsclite-dev',
  'libpipewire-0.3': 'libpipewire-0.3-dev',
  libpng: 'libpng-dev',
  libpq: 'libpq-dev',
  libpulse: 'libpulse-dev',
  libseat: 'libseat-dev',
  libseccomp: 'libseccomp-dev',
  libsodium: 'libsodium-dev',
  'libsoup-3.0': 'libsoup-3.0-dev',
  libssh2: 'libssh2-1-dev',
  libsystemd: 'libsystemd-dev',
  'libtiff-4': 'libtiff-dev',
  libturbojpeg: 'libturbojpeg0-dev',
  libudev: 'libudev-dev',
  'libusb-1.0': 'libusb-1.0-0-dev',
  libwebp: 'libwebp-dev',
  'libxml-2.0': 'libxml2-dev',
  libzmq: 'libzmq3-dev',
  libzstd: 'libzstd-dev',
  netcdf: 'libnetcdf-dev',
  odbc: 'unixodbc-dev',
  openblas: 'libopenblas-dev',
  opencv4: 'libopencv-dev',
  openssl: 'libssl-dev',
  opus: 'libopus-dev',
  pango: 'libpango1.0-dev',
  proj: 'libproj-dev',
  sdl2: 'libsdl2-dev',
  sqlite3: 'libsqlite3-dev',
  vpx: 'libvpx-dev',
  vulkan: 'libvulkan-dev',
  'wayland-client': 'libwayland-dev',
  'wayland-server': 'libwayland-dev',
  'webkit2gtk-4.1': 'libwebkit2gtk-4.1-dev',
  x11: 'libx11-dev',
  xcb: 'libxcb1-dev',
  xcursor: 'libxcursor-dev',
  xi: 'libxi-dev',
  xkbcommon: 'libxkbcommon-dev',
  xrandr: 'libxrandr-dev',
  xtst: 'libxtst-dev',
  zlib: 'zlib1g-dev',
}

/** What build scripts say when a program is missing, or what bindgen needs, and the package that has it. */
const SENTENCES: readonly (readonly [said: string, thing: string, debian: string])[] = [
  ['is `cmake` not installed', 'cmake', 'cmake'],
  ['Could not find `protoc`', 'protoc', 'protobuf-compiler'],
  ['Unable to find libclang', 'libclang', 'libclang-dev'],
  ['NASM command not found', 'nasm', 'nasm'],
  ['The pkg-config command could not be found', 'pkg-config', 'pkg-config'],
  ['Could not find directory of OpenSSL installation', 'openssl', 'libssl-dev'],
]

export interface MissingPiece {
  /** What is missing: the library's name for pkg-config, or the program's. */
  readonly name: string
  /** Unless no package is known to have it. */
  readonly debian?: string
}

/** The libraries and programs that a build script's words say are missing, each once. */
export function missingPieces(output: string): readonly MissingPiece[] {
  const pieces = new Map<string, MissingPiece>()
  for (const [said, name, debian] of SENTENCES) {
    if (output.includes(said)) pieces.set(name, { name, debian })
  }
  for (const line of output.replaceAll('\\n', '\n').split('\n')) {
    const name = libraryIn(line.trim())
    if (name === undefined || pieces.has(name)) continue
    const debian = LIBRARIES[name.toLowerCase()]
    pieces.set(name, debian === undefined ? { name } : { name, debian })
  }
  return [...pieces.values()]
}

/** pkg-config's own sentence, and that of the crate which calls it. */
function libraryIn(line: string): string | undefined {
  if (line.startsWith('Package ') && line.includes(' was not found in the')) return line.split(' ')[1]
  return line.startsWith('The system library `') ? line.split('`')[1] : undefined
}

/** How to get them, as one sentence; none when nothing known is missing. */
export function howToInstall(output: string): string | undefined {
  const pieces = missingPieces(output)
  if (pieces.length === 0) return undefined
  const known = [...new Set(pieces.flatMap(({ debian }) => (debian === undefined ? [] : [debian])))]
  const strangers = pieces.filter(({ debian }) => debian === undefined).map(({ name }) => `${name}.pc`)
  const ways = [
    ...(known.length > 0 ? [`\`apt-get install ${known.join(' ')}\``] : []),
    ...(strangers.length > 0 ? [`the package that has ${strangers.join(' and ')} (\`apt-file search\` finds it)`] : []),
  ]
  const names = pieces.map(({ name }) => name).join(', ')
  return `Install ${names}, with headers, and run the command again. On Debian and Ubuntu: ${ways.join(' and ')}.`
}
