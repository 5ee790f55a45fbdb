import { useI18n } from 'vue-i18n'

interface Facet {
  name: string
  count: number
}

/** The choices of a facet: all, then what the library holds with its counts. */
export function useFacetOptions() {
  const { t, n } = useI18n()

  /** A `chosen` value the library does not hold (it came from the address) stays choosable. */
  return (
    chosen: string,
    found: readonly Facet[] = [],
    worded: (name: string) => string = (name) => name,
  ) => {
    const isListed = found.some(({ name }) => name === chosen)
    return [
      { value: '', label: t('songs.library.any') },
      ...(chosen && !isListed ? [{ value: chosen, label: worded(chosen) }] : []),
      ...found.map(({ name, count }) => ({ value: name, label: `${worded(name)} (${n(count)})` })),
    ]
  }
}
