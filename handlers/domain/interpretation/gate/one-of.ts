/** Any of several patterns, in whichever case. */
export const oneOf = (...patterns: string[]) => new RegExp(patterns.join('|'), 'i');
