/** Jest runs the nearest tests first: in the order in which they were named, not in its own. */
const { default: Sequencer } = require('@jest/test-sequencer');

module.exports = class extends Sequencer {
  sort(tests) {
    const order = JSON.parse(process.env.MUTATE_ORDER ?? '[]');
    const place = ({ path }) => order.findIndex((name) => path.endsWith(name));
    return [...tests].sort((a, b) => place(a) - place(b));
  }
};
