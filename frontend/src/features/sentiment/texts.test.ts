import { describe, expect, it } from 'vitest'
import { parseCsv, textsOfCsv, textsOfLines, toCsv } from './texts'

describe('texts of a file', () => {
  it('reads quotes, doubled quotes and line ends within them', () => {
    const content = '\ufeffid,text\r\n1,"好听，""真的""\n很好听"\r\n2,难听\n'
    expect(parseCsv(content)).toEqual([
      ['id', 'text'],
      ['1', '好听，"真的"\n很好听'],
      ['2', '难听'],
    ])
    expect(textsOfCsv(content)).toEqual(['好听，"真的"\n很好听', '难听'])
  })

  it('takes the first column where none is called text', () => {
    expect(textsOfCsv('好听,5\n难听,1')).toEqual(['好听', '难听'])
  })

  it('leaves out empty lines of a paste', () => {
    expect(textsOfLines('好听\r\n\n  \n难听')).toEqual(['好听', '难听'])
  })

  it('writes cells a spreadsheet cannot take for formulas', () => {
    expect(toCsv([['=1+1', 'a"b', '好，听', '-5']])).toBe('\ufeff\'=1+1,"a""b",好，听,\'-5\r\n')
  })
})
