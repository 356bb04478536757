declare const ORX_VERSION: string | undefined

/** The package's version, put in by build.mjs. */
export const version = (): string => (typeof ORX_VERSION === 'string' ? ORX_VERSION : '0.0.0-dev')
