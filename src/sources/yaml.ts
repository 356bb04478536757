// yaml is CommonJS: a static import here keeps its named exports when this file is loaded as a chunk.
export { isNode, LineCounter, parseDocument } from 'yaml'
