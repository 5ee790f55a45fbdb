import type { RouteLocationRaw } from 'vue-router'
import type { Cover, SearchMatch, SearchResult, Song } from '@/api/types'
import { GROUPS, type Group } from './useSearch'

/** One line of the list below the search box. */
export interface Option {
  id: string
  to: RouteLocationRaw
  match: SearchMatch
  cover: Cover
  seed: number
  /** What stands in the first line when the match is elsewhere. */
  title: string | null
  singers: string[]
  /** What can be heard from here, and from which second. */
  heard?: { song: Song; from: number }
}

const MOST: Record<Group, number> = { songs: 5, artists: 3, albums: 3, lyrics: 3 }

const heard = (song: Song, ms: number | null = null): Pick<Option, 'heard'> =>
  song.audio ? { heard: { song, from: (ms ?? 0) / 1000 } } : {}

/** The groups that found something, each cut to what a list below a box can hold. */
export function optionsOf(found: SearchResult): { group: Group; options: Option[] }[] {
  const named = (artists: { name: string }[]) => artists.map(({ name }) => name)
  const all: Record<Group, Option[]> = {
    songs: found.songs.map(({ song, match }) => ({
      id: `song-${song.id}`,
      to: `/songs/${song.id}`,
      match,
      cover: song.cover,
      seed: song.id,
      title: match.field === 'title' ? null : song.title,
      singers: match.field === 'artist' ? [] : named(song.artists),
      ...heard(song),
    })),
    artists: found.artists.map(({ artist, match }) => ({
      id: `artist-${artist.id}`,
      to: `/artists/${artist.id}`,
      match,
      cover: artist.cover,
      seed: artist.id,
      title: null,
      singers: [],
    })),
    albums: found.albums.map(({ album, match }) => ({
      id: `album-${album.id}`,
      to: `/albums/${album.id}`,
      match,
      cover: album.cover,
      seed: album.id,
      title: null,
      singers: album.artist ? [album.artist.name] : [],
    })),
    lyrics: found.lyrics.map(({ song, match, ms }) => ({
      id: `lyric-${song.id}`,
      to: `/songs/${song.id}`,
      match,
      cover: song.cover,
      seed: song.id,
      title: song.title,
      singers: [],
      ...heard(song, ms),
    })),
  }
  return GROUPS.map((group) => ({ group, options: all[group].slice(0, MOST[group]) })).filter(
    ({ options }) => options.length,
  )
}
