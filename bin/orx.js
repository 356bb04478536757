#!/usr/bin/env node
// CommonJS on purpose: Node 20 starts it some 10 ms sooner than an ES module (docs/decisions/0002).
require('../dist/main.cjs').main(require('node:path').dirname(__dirname))
