import type { Source } from '../../src/core/catalog/model.ts'

/** Where each kind of capture is from, and on what terms. */
const OPENROUTER = "OpenRouter's public API; facts only, descriptions left out"
const AA = 'Source: Artificial Analysis (artificialanalysis.ai)'

export const rawModelsSource = (asOf: string): Source => ({
  id: `openrouter-${asOf}`,
  name: 'OpenRouter /models',
  url: 'https://openrouter.ai/api/v1/models',
  asOf,
  terms: OPENROUTER,
})
export const normalisedSource = (asOf: string): Source => ({
  id: `openrouter-${asOf}`,
  name: 'OpenRouter models as packaged in npm @earendil-works/pi-ai 1.5.2',
  url: 'https://www.npmjs.com/package/@earendil-works/pi-ai',
  asOf,
  terms: 'MIT',
})
export const endpointsSource = (asOf: string): Source => ({
  id: `openrouter-endpoints-${asOf}`,
  name: "OpenRouter's endpoints, from its site's statistics of the day",
  url: 'https://openrouter.ai/docs/api/api-reference/endpoints/list-endpoints',
  asOf,
  terms: "OpenRouter's public pages",
})
export const providersSource = (asOf: string): Source => ({
  id: `openrouter-providers-${asOf}`,
  name: 'OpenRouter /providers',
  url: 'https://openrouter.ai/api/v1/providers',
  asOf,
  terms: OPENROUTER,
})
export const directSource = (provider: string, asOf: string): Source => ({
  id: `${provider}-${asOf}`,
  name: `${provider}'s own list as packaged in npm @earendil-works/pi-ai 1.5.2`,
  url: 'https://www.npmjs.com/package/@earendil-works/pi-ai',
  asOf,
  terms: 'MIT',
})
export const artificialAnalysisSource = (asOf: string): Source => ({
  id: `artificial-analysis-${asOf}`,
  name: 'Artificial Analysis',
  url: 'https://artificialanalysis.ai',
  asOf,
  terms: AA,
})
export const benchmarksSource = (asOf: string): Source => ({
  id: `artificial-analysis-openrouter-${asOf}`,
  name: 'Artificial Analysis via OpenRouter',
  url: 'https://openrouter.ai/api/v1/models',
  asOf,
  terms: `${AA} via OpenRouter, Data API terms CC BY 4.0`,
})
export const lmarenaSource = (asOf: string): Source => ({
  id: `lmarena-${asOf}`,
  name: 'LMArena text leaderboard, style control',
  url: 'https://lmarena.ai/leaderboard/text',
  asOf,
  terms: 'Source: LMArena',
})
export const aiderSource = (asOf: string): Source => ({
  id: `aider-polyglot-${asOf}`,
  name: "Aider's polyglot benchmark",
  url: 'https://aider.chat/docs/leaderboards/',
  asOf,
  terms: 'Apache-2.0',
})
