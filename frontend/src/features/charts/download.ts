import { isMine } from './chartFilter'

/** Hand the reader a file: a picture as a data address, or one of the server's. */
export function download(address: string, name: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
}

export function csvAddress(name: string, filter: object): string {
  const query = new URLSearchParams(
    Object.entries(filter).map(([key, value]) => [key, String(value)]),
  ).toString()
  return `${isMine(name) ? '/api/me/listening' : '/api/charts'}/${name}.csv${query ? `?${query}` : ''}`
}
