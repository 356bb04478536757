import type { Advice } from '../../core/recommend/advice.ts'
import type { Look } from './look.ts'
export const explainText = (_advice: Advice, _look: Look): string => ''
