// In a file of its own, so that it is loaded only where a ledger is opened.
export { default as Database } from 'libsql'
