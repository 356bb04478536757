// The command line once more, for the command that reads logs: see prompt.ts.
export { run } from './cli.ts'
