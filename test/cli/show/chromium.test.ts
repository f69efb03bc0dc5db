import { findChromium, takePicture } from '../../../scripts/chromium';

describe('takePicture', () => {
  test('says what to install where there is no browser', async () => {
    const missing = takePicture('<p>', { width: 300 }, { CHROMIUM_PATH: '/nowhere/chromium' });
    await expect(missing).rejects.toThrow(/CHROMIUM_PATH names \/nowhere\/chromium, which does not exist.*apt-get install chromium/);
  });

  test('takes the browser that CHROMIUM_PATH names before any on the PATH', () => {
    expect(findChromium({ CHROMIUM_PATH: process.execPath, PATH: process.env.PATH })).toBe(process.execPath);
  });
});
