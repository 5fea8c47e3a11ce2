package io.snowball.platform.access;

import jakarta.enterprise.context.RequestScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What only the resource method knows of an access: noted while it works, read when its answer is ready. */
@RequestScoped
public class AccessNotes {
    private final List<UUID> customers = new ArrayList<>();
    private @Nullable String actor;
    private @Nullable String searched;
    private @Nullable String details;

    public void customer(UUID id) {
        customers.add(id);
    }

    public void customers(Collection<UUID> ids) {
        customers.addAll(ids);
    }

    /** Who it turned out to be, where the request itself brings no token. */
    public void actor(String id) {
        actor = id;
    }

    /** Kept as a keyed hash only, so that the same search can be recognised. */
    public void searched(String text) {
        searched = text;
    }

    /** Counts and codes; never what a person typed. */
    public void details(String facts) {
        details = facts;
    }

    List<UUID> customers() {
        return customers;
    }

    @Nullable
    String actor() {
        return actor;
    }

    @Nullable
    String searched() {
        return searched;
    }

    @Nullable
    String details() {
        return details;
    }
}
