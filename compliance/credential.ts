/** What a request authenticates with. */
export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string };

export function authorizationHeader(credential: Credential): Readonly<Record<string, string>> {
  switch (credential.kind) {
    case 'none': return {};
    case 'bearer': return { authorization: `Bearer ${credential.token}` };
    case 'basic': return { authorization: `Basic ${encodeBasic(credential)}` };
  }
}

/** The texts that must not show up in any output. */
export function secretsOf(credential: Credential): readonly string[] {
  switch (credential.kind) {
    case 'none': return [];
    case 'bearer': return [credential.token];
    case 'basic': return [credential.password, encodeBasic(credential)];
  }
}

const encodeBasic = ({ username, password }: { username: string; password: string }): string =>
  Buffer.from(`${username}:${password}`).toString('base64');
