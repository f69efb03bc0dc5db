import type { Language } from '../../config/schema';
import type { Audit } from './audited';
export function renderAudit(_audit: Audit, _language: Language): string {
  return '';
}
