// The command line once more, for the commands that take a prompt: build.mjs makes a file of its own of it with them, because each
// command starts the sooner the less lies beside it.
export { run } from './cli.ts'
