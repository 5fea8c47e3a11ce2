/**
 * campaign-service: what we say to customers, and what came of it. Rooms: {@code template}, {@code channel} (tariffs and the port to
 * a provider), {@code campaign}, {@code message} (queue and dispatch), {@code tracking}, {@code report}; {@code smtp} and
 * {@code mail} are the e-mail engine, {@code sibling} what we ask of other services. Here: settings, and what all rooms share.
 */
@NullMarked
package io.snowball.campaign;

import org.jspecify.annotations.NullMarked;
