/**
 * What the operator has to keep an eye on itself: who has access to personal data (requirement r35), how well they are protected (r32), and
 * how many people's data there are (r33).
 */
@NullMarked
package io.snowball.consent.control;

import org.jspecify.annotations.NullMarked;
