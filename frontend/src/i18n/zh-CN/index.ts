import accounts from './accounts.json'
import admin from './admin.json'
import charts from './charts.json'
import comments from './comments.json'
import how from './how.json'
import problems from './problems.json'
import ratings from './ratings.json'
import recommendations from './recommendations.json'
import sentiment from './sentiment.json'
import shell from './shell.json'
import songs from './songs.json'
import ui from './ui.json'
import words from './words.json'

export default {
  accounts,
  admin,
  charts,
  comments,
  how,
  problems,
  ratings,
  recommendations,
  sentiment,
  shell,
  songs,
  ui,
  words,
}
