declare const ORX_VERSION: string | undefined
declare const ORX_BUILD: string | undefined

/** The package's version, put in by build.mjs. */
export const version = (): string => (typeof ORX_VERSION === 'string' ? ORX_VERSION : '0.0.0-dev')

/** A hash of the built program, put in by build.mjs. */
export const build = (): string => (typeof ORX_BUILD === 'string' ? ORX_BUILD : 'dev')
