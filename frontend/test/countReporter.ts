import type { Reporter, TestModule } from 'vitest/node'

/** Ends the run with the one line that people and scripts look for. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    )
    const broken = modules.filter((module) => module.errors().length > 0).length
    const count = (state: string) => states.filter((found) => found === state).length
    process.on('exit', () => {
      process.stdout.write(`${count('passed')} passed, ${count('failed') + broken} failed\n`)
    })
  }
}
