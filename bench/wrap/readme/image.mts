/**
 * README of image, with a PNG of its own making for the file it opens. A picture of a size is made from its bytes:
 * `ImageBuffer::new` has no instance.
 *
 * Not written: `enumerate_pixels_mut`, `get_pixel_mut`, which lend places inside the picture; `putPixel` writes them.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { DynamicImage, ImageReader, ImageReaderBufReaderFile, open, RgbImage, RgbU8, saveBuffer } from 'image-node'

// Generating Julia fractals.
const [width, height] = [80, 60]
const picture = RgbImage.fromRaw(width, height, new Uint8Array(3 * width * height))
assert.ok(picture)
for (const [x, y] of picture.enumeratePixels()) {
  picture.putPixel(x, y, RgbU8.fromBytes(Uint8Array.of(0.3 * x, 0, 0.3 * y)))
}
for (let x = 0; x < width; x += 1) {
  for (let y = 0; y < height; y += 1) {
    const [red, , blue] = picture.getPixel(x, y).channels()
    picture.putPixel(x, y, RgbU8.fromBytes(Uint8Array.of(red ?? 0, steps(x, y), blue ?? 0)))
  }
}
picture.save('fractal.png')

/** Of z² + c, until it leaves the circle of radius two. */
function steps(x: number, y: number): number {
  let [re, im] = [(y * 3) / width - 1.5, (x * 3) / height - 1.5]
  let i = 0
  while (i < 255 && Math.hypot(re, im) <= 2) {
    ;[re, im] = [re * re - im * im - 0.4, 2 * re * im + 0.6]
    i += 1
  }
  return i
}

// Reading: from a file, from memory with the format guessed, and by `open`.
const bytes = readFileSync('fractal.png')
const image = ImageReaderBufReaderFile.open('fractal.png').decode()
const guessed = new ImageReader(bytes).withGuessedFormat().decode()
for (const one of [image, guessed, open('fractal.png')] satisfies DynamicImage[]) {
  assert.deepEqual(one.dimensions(), [width, height])
  assert.equal(one.color(), 'rgb8')
}
assert.deepEqual([...image.asBytes()], [...guessed.asBytes()])
assert.deepEqual([...picture.getPixel(40, 30).channels()], [...image.getPixel(40, 30).channels()].slice(0, 3))

// Writing: to a file by its name, and to memory.
image.save('empty.jpg')
assert.equal(open('empty.jpg').width(), width)
assert.deepEqual([...guessed.writeTo('png').subarray(1, 4)], [...Buffer.from('PNG')])

// A buffer as "image.png".
saveBuffer('image.png', new Uint8Array(3 * 8 * 6), 8, 6, { kind: 'rgb8' })
assert.deepEqual(open('image.png').dimensions(), [8, 6])
