import { useI18n } from 'vue-i18n'
import type { Song } from '@/api/types'

/** Facts of a song as text in the reader's language. */
export function useFormats() {
  const { t, n, locale } = useI18n()

  function releaseDate(song: Pick<Song, 'release_date' | 'release_precision'>): string {
    if (!song.release_date) return t('ui.unknown')
    const parts = { year: 1, month: 2, day: 3 }[song.release_precision ?? 'day']
    return song.release_date.split('-').slice(0, parts).join('.')
  }

  function duration(milliseconds: number | null): string {
    if (milliseconds === null) return t('ui.unknown')
    const seconds = Math.round(milliseconds / 1000)
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  }

  const day = (iso: string): string =>
    new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium' }).format(new Date(iso))

  const moment = (iso: string): string =>
    new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeStyle: 'short' }).format(
      new Date(iso),
    )

  const artistNames = (song: Pick<Song, 'artists'>): string =>
    song.artists.map((artist) => artist.name).join(locale.value === 'en' ? ', ' : '、') ||
    t('songs.unknownArtist')

  /** Who made it and where it stands: 沈砚秋《远行人》. */
  const byLine = (song: Pick<Song, 'artists' | 'album'>): string =>
    song.album
      ? t('songs.byLine', { artists: artistNames(song), album: song.album.title })
      : artistNames(song)

  /** Below a thousand every language of ours writes the same, without a formatter's slow start. */
  const number = (value: number): string =>
    Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : n(value, 'whole')

  return { byLine, releaseDate, duration, day, moment, artistNames, number }
}
