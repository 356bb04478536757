/** Two 32-bit halves of a hash, in `out[0]` and `out[1]`. Not for adversaries: it only has to spread ids well. */
export function fingerprint(bytes: DataView, start: number, end: number, out: Int32Array): void {
  let a = (out[0] ?? 0) ^ 0x9747b28c
  let b = (out[1] ?? 0) ^ (end - start)
  let at = start
  for (; at + 4 <= end; at += 4) {
    const word = bytes.getInt32(at, true)
    a = Math.imul(a ^ word, 0x9e3779b1)
    a = (a << 13) | (a >>> 19)
    b = Math.imul(b + word, 0x85ebca77) ^ a
    b = (b << 17) | (b >>> 15)
  }
  let tail = 0
  for (let shift = 0; at < end; at++, shift += 8) tail |= bytes.getUint8(at) << shift
  a = Math.imul(a ^ tail, 0x9e3779b1)
  b = Math.imul(b + tail, 0x85ebca77) ^ ((a << 11) | (a >>> 21))
  out[0] = mixed(a ^ ((b << 7) | (b >>> 25)))
  out[1] = mixed(b + Math.imul(a, 0xc2b2ae3d))
}

/** The finaliser of MurmurHash3, public domain. */
function mixed(hash: number): number {
  let h = hash
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
