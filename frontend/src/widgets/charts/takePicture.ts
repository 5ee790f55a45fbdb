import { toPng } from 'html-to-image'
import { download } from '@/features/charts/download'

/** Save what stands on the board as one picture. */
export async function takePicture(board: HTMLElement, ground: string): Promise<void> {
  download(await toPng(board, { pixelRatio: 2, backgroundColor: ground }), 'huisheng-screen.png')
}
