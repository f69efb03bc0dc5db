/** JSON Schema of the answer. No severity: how bad it is, is the finding's to say. */
export const ANSWER_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['summary', 'impact', 'actions'],
  properties: {
    summary: { type: 'string', description: 'What was found, in one or two sentences.' },
    impact: { type: 'string', description: 'What can happen if nothing is done, in one or two sentences.' },
    actions: {
      type: 'array',
      minItems: 1,
      maxItems: 5,
      items: { type: 'string' },
      description: 'What to do now, most urgent first, one sentence each.',
    },
  },
} as const;
