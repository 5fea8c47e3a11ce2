package io.snowball.platform.access;

import java.util.List;
import java.util.UUID;

/** An answer that says itself whose data are in it. */
public interface Accessed {
    List<UUID> whoseData();
}
