import type { components } from './schema'

type Schemas = components['schemas']

export type CarouselItem = Schemas['Slide']
export type Cover = Schemas['CoverOut']
export type HiddenSong = Schemas['HiddenOut']
export type ImpressionIn = Schemas['ImpressionIn']
export type Lyrics = Schemas['LyricsOut']
export type Me = Schemas['MeOut']
export type Mine = Schemas['MineOut']
export type Rated = Schemas['TasteOut']
export type RatedSong = Schemas['RatedOut']
export type Row = Schemas['RowOut']
export type RowItem = Schemas['RecommendationOut']
export type Reason = RowItem['reason']
export type Algorithm = Row['algorithm']
export type Song = Schemas['SongOut']
export type SongDetail = Schemas['SongDetailOut']
