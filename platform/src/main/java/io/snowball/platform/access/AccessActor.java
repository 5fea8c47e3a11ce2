package io.snowball.platform.access;

/** A principal that is not a token of ours and knows the user's id. */
public interface AccessActor {
    String id();
}
