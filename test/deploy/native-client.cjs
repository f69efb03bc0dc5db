/**
 * Preloaded (--require) in front of aws-lambda-ric 4: its native client, which takes minutes to compile, is replaced by these
 * calls to the Runtime API. Everything else of the runtime, such as how it loads the handler, logs and serializes, is its own.
 */
const http = require('node:http');
const Module = require('node:module');

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const PREFIX = '/2018-06-01/runtime/invocation/';

function call(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host, port, method, path: PREFIX + path, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ bodyJson: text, headers: response.headers }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** The native calls block until they are sent; the runtime does not wait for these, and the next `next` must not overtake them. */
let sent = Promise.resolve();
const client = {
  next: () => sent.then(() => call('GET', 'next')),
  done(id, body) {
    sent = call('POST', `${id}/response`, body);
  },
  error(id, body, xray) {
    sent = call('POST', `${id}/error`, body, { 'lambda-runtime-function-xray-error-cause': xray });
  },
};

const load = Module._load;
Module._load = function (request, ...rest) {
  return request.endsWith('rapid-client.node') ? client : load.call(this, request, ...rest);
};
