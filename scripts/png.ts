/** Makes a browser's PNG small: at most 256 colours, as pictures of text need no more. https://www.w3.org/TR/png-3/ */
import { deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 256;

interface Pixels {
  width: number;
  height: number;
  /** Three bytes each. */
  rgb: Buffer;
}

/** @param png 8 bits a channel, not interlaced, as Chromium writes it. @throws Error where it is not. */
export function withPalette(png: Buffer): Buffer {
  const { width, height, rgb } = decoded(png);
  const buckets = new Map<number, { count: number; sum: [number, number, number] }>();
  for (let at = 0; at < rgb.length; at += 3) {
    const [r = 0, g = 0, b = 0] = [rgb[at], rgb[at + 1], rgb[at + 2]];
    const bucket = buckets.get(coarse(r, g, b)) ?? { count: 0, sum: [0, 0, 0] };
    bucket.count += 1;
    bucket.sum = [bucket.sum[0] + r, bucket.sum[1] + g, bucket.sum[2] + b];
    buckets.set(coarse(r, g, b), bucket);
  }
  const palette = [...buckets.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, COLOURS)
    .map(({ count, sum }) => sum.map((each) => Math.round(each / count)));
  const nearest = new Map(
    [...buckets].map(([key, { count, sum }]) => [
      key,
      closest(
        palette,
        sum.map((each) => each / count),
      ),
    ]),
  );
  const rows = Buffer.alloc(height * (width + 1));
  for (let at = 0, to = 0; at < rgb.length; at += 3, to += 1) {
    if (to % (width + 1) === 0) to += 1;
    rows[to] = nearest.get(coarse(rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0)) ?? 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Five bits a channel: what differs by less looks the same. */
function coarse(r: number, g: number, b: number): number {
  return ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);
}

function closest(palette: readonly number[][], colour: readonly number[]): number {
  const away = palette.map((each) => each.reduce((sum, channel, n) => sum + (channel - (colour[n] ?? 0)) ** 2, 0));
  return away.indexOf(Math.min(...away));
}

function decoded(png: Buffer): Pixels {
  const parts: Buffer[] = [];
  let [width, height, bytes] = [0, 0, 0];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
      bytes = { 2: 3, 6: 4 }[data[9] ?? 0] ?? 0;
      if (bytes === 0 || data[8] !== 8 || data[12] !== 0) throw new Error('the PNG is not one of 8 bits a channel without interlacing');
    }
    if (type === 'IDAT') parts.push(data);
    at += length + 12;
  }
  const lines = unfiltered(inflateSync(Buffer.concat(parts)), width * bytes, bytes);
  const rgb = Buffer.alloc(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) lines.copy(rgb, pixel * 3, pixel * bytes, pixel * bytes + 3);
  return { width, height, rgb };
}

/** https://www.w3.org/TR/png-3/#9Filters */
function unfiltered(raw: Buffer, stride: number, bytes: number): Buffer {
  const rows = raw.length / (stride + 1);
  const out = Buffer.alloc(rows * stride);
  for (let row = 0; row < rows; row += 1) {
    const filter = raw[row * (stride + 1)];
    for (let n = 0; n < stride; n += 1) {
      const at = row * stride + n;
      const left = n >= bytes ? (out[at - bytes] ?? 0) : 0;
      const above = row > 0 ? (out[at - stride] ?? 0) : 0;
      const corner = n >= bytes && row > 0 ? (out[at - stride - bytes] ?? 0) : 0;
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0] ?? 0;
      out[at] = ((raw[row * (stride + 1) + 1 + n] ?? 0) + guess) & 0xff;
    }
  }
  return out;
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [left, above, corner].map((each) => Math.abs(guess - each)) as [number, number, number];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function crc(data: Buffer): number {
  let value = 0xffffffff;
  for (const byte of data) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}
