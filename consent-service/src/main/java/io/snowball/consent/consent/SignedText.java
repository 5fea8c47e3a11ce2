package io.snowball.consent.consent;

import java.util.UUID;

/** The very words that were agreed to. */
record SignedText(UUID documentId, int version, String sha256) {}
