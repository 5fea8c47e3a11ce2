/**
 * Who agreed to something only inside another document, before 01.09.2025: whom to ask anew (requirement r10). Whether such consents still
 * allow advertising is the rule in {@code document}.
 */
@NullMarked
package io.snowball.consent.legacy;

import org.jspecify.annotations.NullMarked;
