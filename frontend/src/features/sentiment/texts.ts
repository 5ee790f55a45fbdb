/** Texts from a paste or a file, and results into a file. */

export const MOST_TEXTS = 10_000

/** Read CSV (RFC 4180: quotes, doubled quotes, line ends within quotes) into rows of cells. */
export function parseCsv(content: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  const text = content.replace(/^\ufeff/, '')
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i]
    if (isQuoted) {
      if (sign !== '"') cell += sign
      else if (text[i + 1] === '"') {
        cell += '"'
        i += 1
      } else isQuoted = false
    } else if (sign === '"' && cell === '') isQuoted = true
    else if (sign === ',') {
      row.push(cell)
      cell = ''
    } else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && text[i + 1] === '\n') i += 1
      rows.push([...row, cell])
      row = []
      cell = ''
    } else cell += sign
  }
  if (cell !== '' || row.length) rows.push([...row, cell])
  return rows.filter((cells) => cells.some((one) => one.trim()))
}

/** The texts of a CSV file: the column called text, else the first. */
export function textsOfCsv(content: string): string[] {
  const rows = parseCsv(content)
  const named = rows[0]?.findIndex((name) => name.trim().toLowerCase() === 'text') ?? -1
  return named >= 0 ? rows.slice(1).map((row) => row[named] ?? '') : rows.map((row) => row[0] ?? '')
}

export const textsOfLines = (content: string): string[] =>
  content.split(/\r?\n/).filter((line) => line.trim())

/** One cell; a spreadsheet would take what begins with a sign for a formula. */
function cellOf(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** CSV with a byte order mark, so that spreadsheets read it as UTF-8. */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
  '\ufeff' + rows.map((row) => row.map(cellOf).join(',')).join('\r\n') + '\r\n'
