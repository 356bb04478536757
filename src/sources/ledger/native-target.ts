import { readFileSync } from 'node:fs'

// build.mjs puts this in the place of the two libraries that libsql asks for its native build. They read eight files and a
// diagnostic report of the whole process for what one file tells: two thirds of the time in which the ledger opens.

export const GLIBC = 'glibc'
export const MUSL = 'musl'

let family = ''

/** Which C library the system has. Where nothing says so, glibc, as nearly everywhere. */
export function familySync(): string {
  family ||= hasMusl() ? MUSL : GLIBC
  return family
}

function hasMusl(): boolean {
  try {
    return readFileSync('/usr/bin/ldd', 'latin1').includes(MUSL)
  } catch {
    return false
  }
}

/** The ending of the `@libsql/…` package for this machine, such as linux-x64-gnu. */
export function currentTarget(): string {
  const { platform, arch } = process
  if (platform === 'win32') return `${platform}-${arch}-msvc`
  if (platform !== 'linux') return `${platform}-${arch}`
  const abi = familySync() === MUSL ? 'musl' : 'gnu'
  return `${platform}-${arch}-${arch === 'arm' ? `${abi}eabihf` : abi}`
}
