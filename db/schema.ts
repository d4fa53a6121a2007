// Every table, once, for both engines. A sentence each: whose row it is, and when it dies.
// Instants are epoch milliseconds. Nothing readable here is a secret: secrets are sealed (lib/sealed.ts) or hashed.
import { sql } from 'drizzle-orm';
import type { kit } from '#dialect';

/**
 * Which events tell how far an enrolment is, as a condition on `events`: one in some has it, and an index of its own. Without bound values, because
 * planners take that index only for a statement with the same text.
 */
export const ofProgress = sql`type in ('email-code-right', 'app-chosen', 'pairing-begun')`;

export const describe = (k: typeof kit) => {
  /** A person's identity. Dies by purge, long after the person has left. */
  const accounts = k.table(
    'accounts',
    {
      /** Also the `sub` of every token: random, stable, meaningless. */
      id: k.text().primaryKey(),
      /** Folded (lib/accounts/rules.ts). */
      address: k.text().notNull(),
      givenName: k.text().notNull(),
      familyName: k.text().notNull(),
      kind: k.oneOf(['internal', 'external']).notNull(),
      /** eduPerson values, e.g. member, employee, affiliate. */
      affiliations: k.json<string[]>().notNull(),
      /** Frozen by the helpdesk, which may open it again; disabled by an operator or the directory's check, which it may not undo. */
      status: k.oneOf(['active', 'frozen', 'disabled']).notNull(),
      /** BCP 47; null until the person has chosen. */
      language: k.text(),
      createdAt: k.instant().notNull(),
      /** When the last step of enrolment was finished; a fact about the past, never what opens a page. */
      enrolledAt: k.instant(),
      /** Since when the password proves nothing, because its owner said that they did not choose it; null again with the next one. */
      passwordFrozenAt: k.instant(),
      /** Who this is in a directory elsewhere (entryUUID), whatever the address becomes. Null in the embedded one, and until the first sign-in. */
      directoryId: k.text(),
    },
    (t) => [k.uniqueIndex('accounts_address').on(t.address), k.uniqueIndex('accounts_directory_id').on(t.directoryId)],
  );

  /** A word by which an account is found: folded, of its names or of what stands before the @ of its address. Dies with the account. */
  const accountTerms = k.table(
    'account_terms',
    {
      term: k.text().notNull(),
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
    },
    (t) => [k.primaryKey({ columns: [t.term, t.accountId] }), k.index('account_terms_account').on(t.accountId, t.term)],
  );

  /** The embedded directory's password of an account. Dies with the account. */
  const passwords = k.table('passwords', {
    accountId: k
      .text()
      .primaryKey()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** Argon2id, PHC string; peppered. */
    hash: k.text().notNull(),
    changedAt: k.instant().notNull(),
  });

  /** A proven factor of an account. Dies when the person or an approved agent removes it. */
  const factors = k.table(
    'factors',
    {
      id: k.text().primaryKey(),
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      kind: k.oneOf(['totp', 'phone', 'passkey']).notNull(),
      name: k.text().notNull(),
      /** Sealed for this row's id. */
      secret: k.bytes().notNull(),
      /** TOTP: the last time step that was accepted; only a later one is (RFC 6238 §5.2). */
      lastStep: k.int().notNull(),
      createdAt: k.instant().notNull(),
      lastUsedAt: k.instant(),
      /** Since when it proves nothing, because its owner said that it is not theirs. */
      frozenAt: k.instant(),
      /** Since when it proves only beside the mailbox: an old copy was restored, and it may have been taken away since. Null once it has. */
      mailboxWantedAt: k.instant(),
    },
    (t) => [k.index('factors_account').on(t.accountId)],
  );

  /** What WebAuthn adds to a factor of kind passkey. Dies with the factor. */
  const passkeys = k.table('passkeys', {
    /** base64url, as the authenticator gave it: unique among all people (SEC-32). */
    credentialId: k.text().primaryKey(),
    factorId: k
      .text()
      .notNull()
      .references(() => factors.id, { onDelete: 'cascade' }),
    /** Signatures seen; 0 for authenticators that don't count. */
    counter: k.int().notNull(),
    transports: k.json<string[]>().notNull(),
    /** The model of the authenticator; zeros when it does not say. */
    aaguid: k.text().notNull(),
    /** Synchronised between the person's devices, by the authenticator's own word. */
    backedUp: k.bool().notNull(),
    /** Whether its owner was verified (finger, face, PIN) when it was put in place: without, it is one factor only. */
    userVerified: k.bool().notNull(),
  });

  /** A WebAuthn challenge given out. Dies when it comes back, or after five minutes. */
  const challenges = k.table(
    'challenges',
    {
      /** SHA-256 of the challenge. */
      id: k.text().primaryKey(),
      purpose: k.oneOf(['sign-in', 'second-factor', 'enrol', 'confirm', 'reset-password']).notNull(),
      /** The interaction's uid, or the id of the portal session or the password reset: it is answered in the browser that asked. */
      place: k.text().notNull(),
      accountId: k.text().references(() => accounts.id, { onDelete: 'cascade' }),
      expiresAt: k.instant().notNull(),
    },
    (t) => [k.index('challenges_expiry').on(t.expiresAt)],
  );

  /** A factor being put in place: one per account. Dies when proven, replaced, or past its time. */
  const pendingFactors = k.table('pending_factors', {
    accountId: k
      .text()
      .primaryKey()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** The id that the proven factor will have. */
    id: k.text().notNull(),
    kind: k.oneOf(['totp', 'phone', 'passkey']).notNull(),
    name: k.text().notNull(),
    /** Sealed for `id`. */
    secret: k.bytes().notNull(),
    createdAt: k.instant().notNull(),
    expiresAt: k.instant().notNull(),
  });

  /** What a telephone adds to a factor of kind phone: the key that signs its calls, and how its owner unlocks it. Dies with the factor. */
  const phones = k.table(
    'phones',
    {
      factorId: k
        .text()
        .primaryKey()
        .references(() => factors.id, { onDelete: 'cascade' }),
      /** Of its ES256 key. */
      publicKey: k.json<{ x: string; y: string }>().notNull(),
      /** The highest counter that a signed call of its has carried. */
      counter: k.int().notNull(),
      /** Its last calls, by counter: a keyed hash of what was signed. The same again is a retry, anything else a copy of the key. */
      calls: k.json<[counter: number, hash: string][]>().notNull(),
      unlock: k.oneOf(['biometrics', 'pin']).notNull(),
      /** Biometrics: the WebAuthn credential, base64url; its public key, COSE, base64url; signatures seen. */
      credentialId: k.text(),
      credentialKey: k.text(),
      signCount: k.int().notNull(),
      backedUp: k.bool().notNull(),
      /** Argon2id, PHC string; peppered. Null with biometrics. */
      pinHash: k.text(),
      system: k.text(),
      browser: k.text(),
      /** Since when it proves nothing, and why; the factor is frozen with it. */
      lockedAt: k.instant(),
      lockedWhy: k.oneOf(['pin', 'clone']),
      /** Sealed for `factorId`: where notifications go. Null while none can. */
      subscription: k.bytes(),
      subscribedAt: k.instant(),
      /** The last test notification, and when it left. */
      testId: k.text(),
      testedAt: k.instant(),
      /** When a notification was last received, by the telephone's own signed word. */
      notifiedAt: k.instant(),
      seenAt: k.instant().notNull(),
    },
    (t) => [k.uniqueIndex('phones_credential').on(t.credentialId)],
  );

  /** A telephone being put in place, one per account: from the QR code to the confirmation on the computer. Dies after ten minutes, or when given up. */
  const pairings = k.table(
    'pairings',
    {
      /** SHA-256 of the 192 random bits in the QR code. */
      id: k.text().primaryKey(),
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      /** The interaction's uid or the portal session's id: it is confirmed where it began. */
      place: k.text().notNull(),
      /** Keyed hash of the code to type instead of scanning. */
      codeHash: k.text().notNull(),
      /** Sealed for `id`: what the QR code and the typed code say, for the page to show again. Null once a telephone has come. */
      shown: k.bytes(),
      /** The id of the row in `pending_factors`, and of the factor to be. */
      factorId: k.text().notNull(),
      createdAt: k.instant().notNull(),
      expiresAt: k.instant().notNull(),
      claimedAt: k.instant(),
      /** SHA-256 of the secret handed to the telephone that came. */
      claim: k.text(),
      /** What the telephone signs: with its key, and with its credential. */
      nonce: k.text().notNull(),
      challenge: k.text().notNull(),
      /** Sealed for `id`: what the telephone sent, until it is confirmed. */
      phone: k.bytes(),
      finishedAt: k.instant(),
      confirmedAt: k.instant(),
    },
    (t) => [
      k.uniqueIndex('pairings_account').on(t.accountId),
      k.uniqueIndex('pairings_code').on(t.codeHash),
      k.uniqueIndex('pairings_claim').on(t.claim),
      k.index('pairings_expiry').on(t.expiresAt),
    ],
  );

  /** A question to a person's telephones: are you signing in? Answered within a minute; the row dies after a week. */
  const phoneRequests = k.table(
    'phone_requests',
    {
      /** 128 random bits. */
      id: k.text().primaryKey(),
      /** 256 random bits: what makes each answer's signature its own. */
      nonce: k.text().notNull(),
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      /** The interaction's uid, or the id of the session or of the caller's verification that asks: only the browser that asked gets the answer. */
      flow: k.text().notNull(),
      /** Shown on the computer, typed on the telephone. */
      number: k.int().notNull(),
      tries: k.int().notNull(),
      status: k.oneOf(['pending', 'approved', 'denied', 'expired', 'superseded', 'cancelled', 'consumed']).notNull(),
      /** Of a denial: by its owner, reported as not theirs, wrong numbers, or a telephone locked. */
      why: k.oneOf(['owner', 'reported', 'number', 'locked']),
      /** What the telephone shows. */
      application: k.text().notNull(),
      network: k.text(),
      userAgent: k.text(),
      /** The telephone that answered, and how it was unlocked. */
      factorId: k.text(),
      unlock: k.oneOf(['biometrics', 'pin']),
      createdAt: k.instant().notNull(),
      expiresAt: k.instant().notNull(),
      decidedAt: k.instant(),
    },
    (t) => [
      k.index('phone_requests_account').on(t.accountId, t.createdAt),
      k.index('phone_requests_flow').on(t.flow),
      k.index('phone_requests_age').on(t.createdAt),
    ],
  );

  /** A recovery code that the person keeps. Dies when the set is replaced; a used one stays until then. */
  const recoveryCodes = k.table(
    'recovery_codes',
    {
      id: k.text().primaryKey(),
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      /** HMAC-SHA-256 under a key kept outside the database; the code itself has 80 random bits. */
      hash: k.text().notNull(),
      createdAt: k.instant().notNull(),
      usedAt: k.instant(),
    },
    (t) => [k.uniqueIndex('recovery_codes_hash').on(t.accountId, t.hash)],
  );

  /** Recovery codes on screen and not yet kept, sealed for the account's id. Dies when the person says they are kept. */
  const pendingRecoveryCodes = k.table('pending_recovery_codes', {
    accountId: k
      .text()
      .primaryKey()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    codes: k.bytes().notNull(),
    createdAt: k.instant().notNull(),
  });

  /** One of an account's four secret answers. Dies when all four are replaced. */
  const answers = k.table(
    'answers',
    {
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      slot: k.int().notNull(),
      /** A key of the fixed list (lib/questions/rules.ts). */
      question: k.text().notNull(),
      /** Argon2id of the normalised answer; peppered. */
      hash: k.text().notNull(),
      changedAt: k.instant().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.accountId, t.slot] })],
  );

  /** A code sent by e-mail, for one flow and purpose; sending again replaces it. Dies a day after it expired. */
  const emailCodes = k.table(
    'email_codes',
    {
      /** The interaction's uid, or the id of the password reset or of the caller's verification: the code works in no other. */
      flow: k.text().notNull(),
      purpose: k.oneOf(['sign-in', 'reset-password', 'lost-phone', 'verify-caller']).notNull(),
      /** No reference to an account: whoever asks for an address that nobody has leaves the same row (decision 0020). */
      accountId: k.text().notNull(),
      /** HMAC-SHA-256 of flow, purpose and code. */
      hash: k.text().notNull(),
      /** The hash of the code that this one replaced: recognised, to say so, and never accepted. */
      replacedHash: k.text(),
      tries: k.int().notNull(),
      sentAt: k.instant().notNull(),
      expiresAt: k.instant().notNull(),
      usedAt: k.instant(),
    },
    (t) => [k.primaryKey({ columns: [t.flow, t.purpose] }), k.index('email_codes_expiry').on(t.expiresAt)],
  );

  /** That a code was sent, for the sending limits. Dies after a day. */
  const codeSendings = k.table(
    'code_sendings',
    {
      id: k.text().primaryKey(),
      /** As in `emailCodeSubject`: an account or an address that nobody has, a purpose, a kind of browser. */
      subject: k.text().notNull(),
      at: k.instant().notNull(),
    },
    (t) => [k.index('code_sendings_subject').on(t.subject, t.at), k.index('code_sendings_at').on(t.at)],
  );

  /** How many wrong passwords, codes and answers a minute brought, over all accounts and nodes, but those in known browsers. Nobody's; dies after a day. */
  const failureMinutes = k.table('failure_minutes', {
    /** The minute's beginning. */
    minute: k.instant().primaryKey(),
    failures: k.int().notNull(),
  });

  /** When the helpdesk was last told of something that is nobody's own: a row for each kind, which stays. */
  const alerts = k.table('alerts', {
    kind: k.oneOf(['failures', 'codes', 'clock']).primaryKey(),
    raisedAt: k.instant().notNull(),
  });

  /** A browser's way to a new password, for a forgotten one. Dies at `expiresAt`, half an hour after it began. */
  const passwordResets = k.table(
    'password_resets',
    {
      /** SHA-256 of the cookie's value. */
      id: k.text().primaryKey(),
      /** No reference to an account: for an address that nobody has, it is the stand-in's (decision 0020). */
      accountId: k.text().notNull(),
      /** Sealed for `id`: the address as typed, folded. */
      address: k.bytes().notNull(),
      /** SHA-256 of the browser's mark, where its account knows it; null in any other. */
      browser: k.text(),
      /** The interaction that it was begun from, to go back to. */
      signIn: k.text(),
      createdAt: k.instant().notNull(),
      expiresAt: k.instant().notNull(),
      mailboxProvenAt: k.instant(),
      provenBy: k.oneOf(['totp', 'passkey', 'recovery-code', 'answers']),
      provenAt: k.instant(),
      finishedAt: k.instant(),
    },
    (t) => [k.index('password_resets_account').on(t.accountId), k.index('password_resets_expiry').on(t.expiresAt)],
  );

  /** Failures against one guessable thing (a password from one kind of browser, a factor). Dies at the first success or after 30 quiet days. */
  const attempts = k.table('attempts', {
    /** e.g. `password:<hash of the address>:<browser>` or `factor:<id>`. */
    subject: k.text().primaryKey(),
    /** Consecutive failures; each is counted before anything is compared. */
    failures: k.int().notNull(),
    /** Failures since `dayStartedAt`. */
    dayFailures: k.int().notNull(),
    dayStartedAt: k.instant().notNull(),
    /** No try is looked at before this instant. */
    waitUntil: k.instant().notNull(),
    lastAt: k.instant().notNull(),
    /** The last try that nobody looked at: written so that waiting takes as long as comparing (SEC-08). */
    knockedAt: k.instant(),
  });

  /** That a person proved something within one flow. Read instead of any flag that a browser could set. Dies a day after. */
  const proofs = k.table(
    'proofs',
    {
      /** The interaction's uid. */
      flow: k.text().notNull(),
      kind: k.oneOf(['password', 'email-code', 'totp', 'recovery-code', 'passkey', 'passkey-verified', 'phone-biometrics', 'phone-pin']).notNull(),
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      factorId: k.text(),
      at: k.instant().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.flow, t.kind] }), k.index('proofs_at').on(t.at)],
  );

  /** A browser in which the account's owner has signed in. Failed tries elsewhere do not make it wait. Dies after a year unseen. */
  const knownBrowsers = k.table(
    'known_browsers',
    {
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      /** SHA-256 of the random value in the browser's cookie. */
      browser: k.text().notNull(),
      /** The factor used last in it: proposed first. */
      factorKind: k.oneOf(['totp', 'phone', 'passkey', 'recovery-code']),
      seenAt: k.instant().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.accountId, t.browser] })],
  );

  /** What a person agreed that an application receives. Dies when withdrawn, replaced or past its time. */
  const consents = k.table(
    'consents',
    {
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      applicationId: k.text().notNull(),
      scopes: k.json<string[]>().notNull(),
      givenAt: k.instant().notNull(),
      expiresAt: k.instant().notNull(),
      /** When the application was last given a token for this person, to the minute; null until then. */
      lastUsedAt: k.instant(),
    },
    (t) => [k.primaryKey({ columns: [t.accountId, t.applicationId] })],
  );

  /** An application registered by the CLI (others are in the settings file). Dies when removed. */
  const applications = k.table('applications', {
    /** OAuth `client_id`. */
    id: k.text().primaryKey(),
    name: k.text().notNull(),
    /** As in the settings file: see `Application` in lib/settings.ts, without the secret. */
    registration: k.json<Record<string, unknown>>().notNull(),
    /** Sealed for `id`; null for a public client. */
    secret: k.bytes(),
    createdAt: k.instant().notNull(),
  });

  /** oidc-provider's own records, sealed; ids are hashed. Die at `expiresAt`. */
  const oidcRecords = k.table(
    'oidc_records',
    {
      model: k.text().notNull(),
      /** SHA-256 of the record's id (which is often the token itself). */
      id: k.text().notNull(),
      /** Sealed JSON. */
      payload: k.bytes().notNull(),
      grantId: k.text(),
      /** SHA-256 of the uid of a Session or Interaction. */
      uid: k.text(),
      accountId: k.text(),
      applicationId: k.text(),
      consumedAt: k.instant(),
      expiresAt: k.instant(),
    },
    (t) => [
      k.primaryKey({ columns: [t.model, t.id] }),
      k.index('oidc_records_grant').on(t.grantId),
      k.index('oidc_records_uid').on(t.model, t.uid),
      k.index('oidc_records_account').on(t.accountId, t.model),
      k.index('oidc_records_expiry').on(t.expiresAt),
    ],
  );

  /** A signing key of the provider, sealed for its kid. Dies after its last signature has expired. */
  const signingKeys = k.table('signing_keys', {
    kid: k.text().primaryKey(),
    /** Sealed private JWK. */
    jwk: k.bytes().notNull(),
    state: k.oneOf(['next', 'active', 'retired']).notNull(),
    createdAt: k.instant().notNull(),
    retiredAt: k.instant(),
  });

  /** The key pair by which push services know the portal, the private key sealed for `id`. Lives for ever: phones are subscribed with it. */
  const vapidKeys = k.table('vapid_keys', {
    id: k.text().primaryKey(),
    /** P-256, an uncompressed point, base64url. */
    publicKey: k.text().notNull(),
    privateKey: k.bytes().notNull(),
    createdAt: k.instant().notNull(),
  });

  /** A browser signed in to the portal itself (the portal is a client of its own provider). Dies at sign-out, `expiresAt`, or idle. */
  const portalSessions = k.table(
    'portal_sessions',
    {
      /** SHA-256 of the cookie's value. */
      id: k.text().primaryKey(),
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      /** The provider session's `sid`, as in back-channel logout tokens. */
      sid: k.text(),
      /** Sealed for `id`: the hint that ends the provider's session. */
      idToken: k.bytes(),
      acr: k.text(),
      /** Epoch milliseconds of the person's last full sign-in. */
      authenticatedAt: k.instant().notNull(),
      createdAt: k.instant().notNull(),
      seenAt: k.instant().notNull(),
      expiresAt: k.instant().notNull(),
      /** When a factor was last proven in this session: what a change of a credential asks for. */
      provenAt: k.instant(),
      /** With what: a recovery code proves enough for one's own account, and not enough for the helpdesk's console (SEC-78). */
      provenBy: k.oneOf(['factor', 'recovery-code']),
      /** The browser as it was when it signed in, for its owner to recognise it: this session may outlive the provider's. */
      userAgent: k.text(),
      network: k.text(),
    },
    (t) => [
      k.index('portal_sessions_account').on(t.accountId),
      k.index('portal_sessions_sid').on(t.sid),
      k.index('portal_sessions_expiry').on(t.expiresAt),
    ],
  );

  /** The browser of a provider session, for its owner to recognise it. Dies with the session. */
  const sessionBrowsers = k.table(
    'session_browsers',
    {
      /** The provider session's uid, hashed as in `oidc_records`. */
      id: k.text().primaryKey(),
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      userAgent: k.text(),
      network: k.text(),
      createdAt: k.instant().notNull(),
      seenAt: k.instant().notNull(),
    },
    (t) => [k.index('session_browsers_account').on(t.accountId), k.index('session_browsers_seen').on(t.seenAt)],
  );

  /** A logout token already honoured (its `jti`), so that none works twice. Dies at `expiresAt`. */
  const logoutTokens = k.table('logout_tokens', { jti: k.text().primaryKey(), expiresAt: k.instant().notNull() }, (t) => [
    k.index('logout_tokens_expiry').on(t.expiresAt),
  ]);

  /** A message to be sent, written in the unit of work that made it necessary. Its body dies when it has left, the row a week later. */
  const outbox = k.table(
    'outbox',
    {
      id: k.text().primaryKey(),
      accountId: k.text(),
      to: k.text().notNull(),
      /** Kind of message, e.g. `code`; no personal data. */
      kind: k.text().notNull(),
      /** Sealed for `id`: subject, text, html. Null once sent or given up. */
      message: k.bytes(),
      createdAt: k.instant().notNull(),
      /** Next try not before this instant; null once sent or given up. */
      dueAt: k.instant(),
      /** Past this instant the message is worthless (an expired code) and is given up. */
      uselessAt: k.instant(),
      tries: k.int().notNull(),
      sentAt: k.instant(),
      /** Why the last try failed, in the mail server's words, without addresses. */
      failure: k.text(),
    },
    (t) => [k.index('outbox_due').on(t.dueAt), k.index('outbox_account').on(t.accountId, t.createdAt)],
  );

  /** The audit log: what happened, to whom, by whom. Appended only; dies after twelve months. */
  const events = k.table(
    'events',
    {
      /** UUID version 7: in order of time. */
      id: k.text().primaryKey(),
      at: k.instant().notNull(),
      type: k.text().notNull(),
      /** The account concerned; kept when the account is gone. */
      accountId: k.text(),
      /** Who acted, when it is not the account's owner. */
      actor: k.text(),
      /** The interaction's uid. */
      flow: k.text(),
      /** Truncated: /24 of IPv4, /48 of IPv6. */
      network: k.text(),
      browser: k.text(),
      /** What else the event says; never a secret. */
      data: k.json<Record<string, unknown>>().notNull(),
    },
    (t) => [
      k.index('events_account').on(t.accountId, t.id, t.type),
      k.index('events_type').on(t.type, t.id),
      k.index('events_actor').on(t.actor, t.id),
      k.index('events_progress').on(t.accountId, t.type, t.at).where(ofProgress),
    ],
  );

  /**
   * The audit log's chain (decision 0028): each event's place and keyed hash, over the hash before it. Written within seconds after the event,
   * append-only by trigger like the events themselves; a row dies with its event.
   */
  const auditChain = k.table(
    'audit_chain',
    {
      /** From 1, without a gap. */
      seq: k.int().primaryKey(),
      eventId: k.text().notNull(),
      sealedAt: k.instant().notNull(),
      /** HMAC-SHA-256 under a key kept outside the database. */
      hash: k.text().notNull(),
    },
    (t) => [k.uniqueIndex('audit_chain_event').on(t.eventId)],
  );

  /** An event that is not in the chain yet; put here by trigger. Dies when it is. */
  const unsealedEvents = k.table('unsealed_events', { id: k.text().primaryKey() });

  /** Up to where events were purged: the chain begins after it, and triggers let nothing later be deleted. Dies when the next mark is set. */
  const auditMarks = k.table('audit_marks', {
    /** The last place purged. */
    seq: k.int().primaryKey(),
    /** The hash at that place. */
    hash: k.text().notNull(),
    at: k.instant().notNull(),
    /** Keyed hash of the rest of the row. */
    proof: k.text().notNull(),
  });

  /**
   * « Ce n’était pas moi » in a notice: a link for one purpose, about one event. It takes access away and never gives any. Dies at
   * `expiresAt`, seven days after the notice.
   */
  const disavowals = k.table(
    'disavowals',
    {
      /** SHA-256 of the link's 256 random bits. */
      id: k.text().primaryKey(),
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      /** The event that the notice told of: what it was decides what the link does. */
      eventId: k.text().notNull(),
      createdAt: k.instant().notNull(),
      expiresAt: k.instant().notNull(),
      usedAt: k.instant(),
    },
    (t) => [k.index('disavowals_account').on(t.accountId), k.index('disavowals_expiry').on(t.expiresAt)],
  );

  /** What the helpdesk must look at: an event that its owner disowned, or a call for help. Dies a year after it was closed. */
  const cases = k.table(
    'cases',
    {
      /** Eight characters, to be read out on the telephone. */
      id: k.text().primaryKey(),
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      kind: k.oneOf(['not-me', 'help']).notNull(),
      /** The event disowned: one case for each. Null for a call for help. */
      eventId: k.text(),
      /** What was done at once, e.g. which factor was frozen; never a secret. */
      note: k.json<Record<string, unknown>>().notNull(),
      openedAt: k.instant().notNull(),
      /** The agent's account. */
      takenBy: k.text(),
      takenAt: k.instant(),
      /** The agent's account. */
      closedBy: k.text(),
      closedAt: k.instant(),
      outcome: k.oneOf(['helped', 'nothing-wrong', 'not-reached', 'passed-on']),
    },
    (t) => [k.uniqueIndex('cases_event').on(t.eventId), k.index('cases_account').on(t.accountId), k.index('cases_closed').on(t.closedAt, t.openedAt)],
  );

  /** What an agent noted of a case, or the person it is about added to it. Dies with the case. */
  const caseNotes = k.table(
    'case_notes',
    {
      id: k.text().primaryKey(),
      caseId: k
        .text()
        .notNull()
        .references(() => cases.id, { onDelete: 'cascade' }),
      /** An account: the agent's, or that of the case. */
      writtenBy: k.text().notNull(),
      at: k.instant().notNull(),
      text: k.text().notNull(),
    },
    (t) => [k.index('case_notes_case').on(t.caseId, t.id)],
  );

  /** How an agent makes sure of who calls: one question to a caller, and its answer. It lets that agent act for half an hour; dies a day later. */
  const callerVerifications = k.table(
    'caller_verifications',
    {
      id: k.text().primaryKey(),
      /** Whom the caller says they are. */
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      /** The agent's account: what it allows, it allows to nobody else. */
      agentId: k.text().notNull(),
      method: k.oneOf(['phone', 'email-code', 'answers']).notNull(),
      begunAt: k.instant().notNull(),
      /** Until when it may be answered. */
      expiresAt: k.instant().notNull(),
      provenAt: k.instant(),
      failedAt: k.instant(),
    },
    (t) => [k.index('caller_verifications_account').on(t.accountId, t.agentId, t.begunAt), k.index('caller_verifications_begun').on(t.begunAt)],
  );

  /** A factor that an agent asks to remove, for another one to approve within the hour (SEC-80). Dies a day after `expiresAt`. */
  const removalRequests = k.table(
    'removal_requests',
    {
      id: k.text().primaryKey(),
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      factorId: k.text().notNull(),
      /** The agent's account. */
      askedBy: k.text().notNull(),
      reason: k.text().notNull(),
      /** How the caller was verified. */
      method: k.oneOf(['phone', 'email-code', 'answers']).notNull(),
      askedAt: k.instant().notNull(),
      expiresAt: k.instant().notNull(),
      /** The other agent's account; the same one's when they take it back. */
      decidedBy: k.text(),
      decidedAt: k.instant(),
      decision: k.oneOf(['approved', 'refused', 'withdrawn']),
    },
    (t) => [k.index('removal_requests_account').on(t.accountId), k.index('removal_requests_open').on(t.decidedAt, t.expiresAt)],
  );

  /** The helpdesk's figures as they were at one moment: counting on a page would take longer with each account. Dies after twelve months. */
  const figures = k.table('figures', {
    at: k.instant().primaryKey(),
    counts: k.json<Record<string, unknown>>().notNull(),
  });

  /** That an account may do more than look after itself: one role each. Dies when taken back, or with the account. */
  const roles = k.table('roles', {
    accountId: k
      .text()
      .primaryKey()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    role: k.oneOf(['agent', 'lead-agent', 'administrator']).notNull(),
    givenAt: k.instant().notNull(),
    /** Who gave it, e.g. `cli:root`. */
    givenBy: k.text().notNull(),
  });

  /** The role that a directory elsewhere gave an account's owner, as it said last. Dies when it says otherwise, or with the account. */
  const directoryRoles = k.table('directory_roles', {
    accountId: k
      .text()
      .primaryKey()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    role: k.oneOf(['agent', 'lead-agent', 'administrator']).notNull(),
    since: k.instant().notNull(),
  });

  /** A pass that the helpdesk gave to a caller: one use, to put a new factor in place. Dies a day after it expired. */
  const passes = k.table(
    'passes',
    {
      id: k.text().primaryKey(),
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      /** HMAC-SHA-256 under a key kept outside the database. */
      hash: k.text().notNull(),
      /** The agent's account. */
      issuedBy: k.text().notNull(),
      createdAt: k.instant().notNull(),
      expiresAt: k.instant().notNull(),
      usedAt: k.instant(),
    },
    (t) => [k.uniqueIndex('passes_hash').on(t.accountId, t.hash), k.index('passes_expiry').on(t.expiresAt)],
  );

  /** What a person said and proved of a lost phone within one flow. Dies when the flow starts again or ends, or after a day. */
  const lostPhones = k.table(
    'lost_phones',
    {
      /** The interaction's uid. */
      flow: k.text().primaryKey(),
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      /** Somebody may hold it: the old factors are frozen as soon as who says so has proven to be the owner. */
      stolen: k.bool().notNull(),
      saidAt: k.instant().notNull(),
      /** When a code sent for this purpose came back. */
      mailboxProvenAt: k.instant(),
      /** When this flow proved enough to open the account's re-enrolment. */
      openedAt: k.instant(),
    },
    (t) => [k.index('lost_phones_said').on(t.saidAt)],
  );

  /**
   * The leave to put new factors in place of all old ones, without any of the old: one that is neither finished nor cancelled per
   * account. Dies a day after `expiresAt`.
   */
  const reEnrolments = k.table(
    're_enrolments',
    {
      id: k.text().primaryKey(),
      accountId: k
        .text()
        .notNull()
        .references(() => accounts.id, { onDelete: 'cascade' }),
      openedBy: k.oneOf(['recovery-code', 'answers', 'pass']).notNull(),
      stolen: k.bool().notNull(),
      openedAt: k.instant().notNull(),
      /** It gives nothing before: the waiting period. */
      notBefore: k.instant().notNull(),
      expiresAt: k.instant().notNull(),
      /** The reminder in the outbox, where there is one. */
      reminderId: k.text(),
      cancelledAt: k.instant(),
      finishedAt: k.instant(),
    },
    (t) => [k.index('re_enrolments_account').on(t.accountId), k.index('re_enrolments_expiry').on(t.expiresAt)],
  );

  return {
    accounts,
    accountTerms,
    passwords,
    factors,
    passkeys,
    challenges,
    pendingFactors,
    phones,
    pairings,
    phoneRequests,
    recoveryCodes,
    pendingRecoveryCodes,
    answers,
    emailCodes,
    codeSendings,
    failureMinutes,
    alerts,
    passwordResets,
    attempts,
    proofs,
    knownBrowsers,
    consents,
    applications,
    oidcRecords,
    signingKeys,
    vapidKeys,
    portalSessions,
    sessionBrowsers,
    logoutTokens,
    outbox,
    events,
    auditChain,
    unsealedEvents,
    auditMarks,
    disavowals,
    cases,
    caseNotes,
    callerVerifications,
    removalRequests,
    figures,
    roles,
    directoryRoles,
    passes,
    lostPhones,
    reEnrolments,
  };
};
export type Schema = ReturnType<typeof describe>;
