/*
 * A Lambda environment for one source, in a process of its own: compiles what the parent sends as index.js and
 * calls its handler. The function's own pauses take no time here and are reported; so do the pauses of the SDK.
 */
const Module = require('node:module');
const { join } = require('node:path');

Math.random = () => 0;

process.on('message', async ({ source, event, milliseconds }) => {
  const pauses = [];
  const logs = [];
  const index = new Module(join(__dirname, 'index.js'), module);
  index.filename = index.id;
  index.paths = module.paths;
  const { load } = { load: Module._load };
  Module._load = (request, ...rest) => (request === 'node:timers/promises' ? { setTimeout: pausing(pauses) } : load(request, ...rest));
  index._compile(source, index.id);
  Module._load = load;
  const log = console.log;
  console.log = (line) => logs.push(line);
  const { handler } = index.exports;
  const callable = { kind: handler.constructor.name, parameters: handler.length };
  try {
    await handler(event, { getRemainingTimeInMillis: () => milliseconds });
    process.send({ pauses, logs, callable });
  } catch (error) {
    process.send({ pauses, logs, callable, error: error.message });
  } finally {
    console.log = log;
  }
});

/** Pauses with a signal are the function's own deadline, and that one is kept. */
function pausing(pauses) {
  return (milliseconds, value, options) => {
    if (options?.signal) return require('node:timers/promises').setTimeout(milliseconds, value, options);
    pauses.push(milliseconds);
    return Promise.resolve(value);
  };
}
