/** Reads the signature of a message out of its headers. */
import type { SignedMessage } from './message.ts';
import { LABEL } from './profile.ts';
import { type InnerList, parseDictionary } from './structured-field.ts';

export interface SignatureFields {
  readonly label: string;
  readonly components: readonly string[];
  /** The covered components with the parameters, as written. */
  readonly parametersText: string;
  readonly signature: Uint8Array;
  readonly parameters: SignatureParameters;
}

/** Parameters by their types; undefined ones were not given. */
export interface SignatureParameters {
  readonly created?: number;
  readonly expires?: number;
  readonly nonce?: string;
  readonly keyid?: string;
  readonly alg?: string;
  readonly tag?: string;
}

export type ReadSignature =
  | { readonly kind: 'fields'; readonly fields: SignatureFields }
  | { readonly kind: 'unsigned' }
  /** Present and unreadable: never taken for unsigned, since that would let a proxy strip a signature. */
  | { readonly kind: 'malformed'; readonly problem: string };

const TYPES: Readonly<Record<keyof SignatureParameters, 'string' | 'integer'>> = {
  created: 'integer', expires: 'integer', nonce: 'string', keyid: 'string', alg: 'string', tag: 'string',
};

/** The signature labelled `sig1`, else the only one there is; others are ignored. */
export function readSignature({ headers }: SignedMessage): ReadSignature {
  const [inputText, signatureText] = [headers['signature-input'], headers['signature']];
  if (inputText === undefined && signatureText === undefined) return { kind: 'unsigned' };
  if (inputText === undefined || signatureText === undefined)
    return malformed('Signature and Signature-Input come only together');
  const [inputs, signatures] = [parseDictionary(inputText), parseDictionary(signatureText)];
  if (inputs === undefined || inputs.size === 0) return malformed('Signature-Input cannot be read');
  if (signatures === undefined) return malformed('Signature cannot be read');
  const label = inputs.has(LABEL) || inputs.size > 1 ? LABEL : [...inputs.keys()][0]!;
  const [input, signature] = [inputs.get(label), signatures.get(label)];
  if (input?.kind !== 'list') return malformed(`Signature-Input has no list of components labelled ${label}`);
  if (signature?.kind !== 'item' || signature.bare.kind !== 'bytes') return malformed(`Signature has no bytes labelled ${label}`);
  return fieldsOf(label, input, signature.bare.value);
}

function fieldsOf(label: string, input: InnerList, signature: Uint8Array): ReadSignature {
  const components = input.items.flatMap(({ bare, parameters }) => (bare.kind === 'string' && parameters.size === 0 ? [bare.value] : []));
  if (components.length !== input.items.length || new Set(components).size !== components.length)
    return malformed('a covered component is no plain name, or is named twice');
  const wrong = Object.entries(TYPES).find(([name, type]) => input.parameters.has(name) && input.parameters.get(name)!.kind !== type);
  if (wrong !== undefined) return malformed(`the parameter ${wrong[0]} is no ${wrong[1]}`);
  const parameters = Object.fromEntries(
    Object.keys(TYPES).flatMap((name) => (input.parameters.has(name) ? [[name, input.parameters.get(name)!.value]] : []))
  ) as SignatureParameters;
  return { kind: 'fields', fields: { label, components, parametersText: input.text, signature, parameters } };
}

const malformed = (problem: string): ReadSignature => ({ kind: 'malformed', problem });
