package io.snowball.consent.consent;

import io.snowball.consent.document.ConsentType;
import java.util.UUID;

/** What one consent is about. */
record ConsentKey(UUID customerId, ConsentType type, String purpose, Channel channel) {}
