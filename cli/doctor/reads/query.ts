/**
 * Services of AWS's Query protocol of which the doctor asks one question each: too little for a client of the SDK by itself. STS speaks the
 * same protocol, so its client lends credentials, signature, the end of host names, connections and their limits.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-making-api-requests.html
 */
import { setTimeout } from 'node:timers/promises';
import { STSClient } from '@aws-sdk/client-sts';
import { at, object, text } from '../../../handlers/domain/text/reading';
import { doctorClient, doctorDefaults } from './defaults';
import { xmlOf } from './xml';

export interface QueryService {
  /** As AWS_ENDPOINT_URL_<name> has it. */
  name: 'CLOUDWATCH' | 'SNS';
  /** What its host names begin with, and signatures are made for. */
  host: string;
  /** The date of its API. */
  version: string;
}

/** As many as the other clients of the doctor make. */
const TRIES = doctorDefaults.maxAttempts;
/** Milliseconds before the second try; doubled before each further one. */
const PAUSE = 200;

export class QueryClient {
  private readonly sts: STSClient;

  constructor(
    private readonly service: QueryService,
    private readonly region: string,
  ) {
    this.sts = new STSClient(doctorClient(region));
  }

  /** @param fields of the request; a list is numbered from 1. @returns what stands in the operation's result. @throws as a client of the SDK does. */
  async send(operation: string, fields: Record<string, string | undefined>, signal: AbortSignal): Promise<Record<string, unknown>> {
    for (let tries = 1; ; tries++) {
      const { status, body } = await this.post({ Action: operation, Version: this.service.version, ...fields }, signal);
      const answer = xmlOf(body);
      if (status < 300) return object(at(answer, `${operation}Response`, `${operation}Result`));
      const name = text(at(answer, 'ErrorResponse', 'Error', 'Code')) ?? `HTTP ${status}`;
      if (tries >= TRIES || !(status >= 500 || /^Throttl/.test(name)))
        throw Object.assign(new Error(text(at(answer, 'ErrorResponse', 'Error', 'Message')) ?? ''), {
          name,
          $metadata: { httpStatusCode: status },
        });
      await setTimeout(PAUSE * 2 ** (tries - 1), undefined, { signal });
    }
  }

  private async post(fields: Record<string, string | undefined>, abortSignal: AbortSignal): Promise<{ status: number; body: string }> {
    const url = this.address();
    const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
    const request = {
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port === '' ? {} : { port: Number(url.port) }),
      path: url.pathname.replace(/\/?$/, '/'),
      query: {},
      headers: { host: url.host, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(given).toString(),
    };
    const { config } = this.sts;
    const scheme = { name: 'sigv4', signingName: this.service.host, signingRegion: this.region, properties: {} };
    const signed = await (await config.signer(scheme)).sign(request);
    const { response } = await config.requestHandler.handle(signed, { abortSignal });
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body) chunks.push(chunk);
    return { status: response.statusCode, body: Buffer.concat(chunks).toString('utf8') };
  }

  /** That of STS in the Region, whose end differs by partition, with this service's own beginning. */
  address(): URL {
    const own = process.env[`AWS_ENDPOINT_URL_${this.service.name}`] ?? process.env.AWS_ENDPOINT_URL;
    if (own !== undefined) return new URL(own);
    const { url } = this.sts.config.endpointProvider({ Region: this.region, UseGlobalEndpoint: false });
    return new URL(url.href.replace('//sts', `//${this.service.host}`));
  }
}
