/**
 * The operator's policy on personal data (152-FZ art. 18.1 p. 2), by language, version and date, and the public page that it stands on.
 * Invariant: what was published never changes. May not: write the policy; {@code lawpaper} drafts it, people publish it.
 */
@NullMarked
package io.snowball.consent.policy;

import org.jspecify.annotations.NullMarked;
