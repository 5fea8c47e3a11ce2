package io.snowball.segmentation.fact;

import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A few records that are merged and taken apart again as customer-service does it: rows move, a merge remembers which, and undoing it
 * moves back those that are still with who stays. What is told of rows comes late at times, under the id that was right when the row
 * was written; campaign-service, which follows merges later, may name any id that the row ever had.
 */
final class MergeHistory {
    private static final Instant DAY = Instant.parse("2026-06-01T10:00:00Z");

    private enum Kind {
        EVENT,
        MESSAGE,
        ANSWER
    }

    private record Row(UUID id, Kind kind) {
        boolean isMessage() {
            return kind == Kind.MESSAGE;
        }
    }

    private record Merge(UUID id, UUID from, UUID to, List<Row> moved) {}

    private record News(Row row, UUID customer, String state) {}

    private final Random random;
    private final List<UUID> customers = new ArrayList<>();
    private final Map<Row, UUID> owners = new LinkedHashMap<>();
    private final Map<Row, List<UUID>> everOwned = new HashMap<>();
    private final List<Merge> merges = new ArrayList<>();
    private final List<News> late = new ArrayList<>();
    private int undone;

    MergeHistory(long seed) {
        this.random = new Random(seed);
        for (int i = 0; i < 5; i++) {
            customers.add(Ids.next());
        }
    }

    List<UUID> customers() {
        return customers;
    }

    int undone() {
        return undone;
    }

    Set<UUID> eventsOf(UUID customer) {
        return rowsOf(customer, Kind.EVENT);
    }

    Set<UUID> messagesOf(UUID customer) {
        return rowsOf(customer, Kind.MESSAGE);
    }

    Set<UUID> answersOf(UUID customer) {
        return rowsOf(customer, Kind.ANSWER);
    }

    private Set<UUID> rowsOf(UUID customer, Kind kind) {
        Set<UUID> ids = new TreeSet<>();
        owners.forEach((row, owner) -> {
            if (owner.equals(customer) && row.kind() == kind) {
                ids.add(row.id());
            }
        });
        return ids;
    }

    void step(FactFixtures facts) {
        switch (random.nextInt(12)) {
            case 0, 1 -> merge(facts);
            case 2, 3 -> unmerge(facts);
            case 4 -> opened(facts);
            case 5, 6 -> tellSome(facts);
            default -> write(facts);
        }
    }

    private void write(FactFixtures facts) {
        Row row = new Row(Ids.next(), Kind.values()[random.nextInt(3)]);
        UUID owner = pick(live());
        owners.put(row, owner);
        everOwned.computeIfAbsent(row, _ -> new ArrayList<>()).add(owner);
        News news = new News(row, owner, "SENT");
        if (random.nextInt(3) == 0) {
            late.add(news);
        } else {
            tell(facts, news);
        }
    }

    private void opened(FactFixtures facts) {
        List<Row> messages = owners.keySet().stream()
                .filter(Row::isMessage)
                .filter(row -> late.stream().noneMatch(news -> news.row().equals(row)))
                .toList();
        if (!messages.isEmpty()) {
            Row row = pick(messages);
            tell(facts, new News(row, pick(everOwned.getOrDefault(row, List.of())), "OPENED"));
        }
    }

    private void merge(FactFixtures facts) {
        List<UUID> live = live();
        if (live.size() < 2) {
            return;
        }
        UUID from = pick(live);
        UUID to = pick(live.stream().filter(id -> !id.equals(from)).toList());
        Merge merge = new Merge(Ids.next(), from, to, new ArrayList<>());
        owners.replaceAll((row, owner) -> {
            if (!owner.equals(from)) {
                return owner;
            }
            merge.moved().add(row);
            everOwned.getOrDefault(row, List.of()).add(to);
            return to;
        });
        merges.add(merge);
        facts.apply(FactFixtures.merge("customer.merged", merge.id(), from, to));
    }

    /** Any merge into somebody who is still there. */
    private void unmerge(FactFixtures facts) {
        List<UUID> live = live();
        List<Merge> possible =
                merges.stream().filter(merge -> live.contains(merge.to())).toList();
        if (possible.isEmpty()) {
            return;
        }
        Merge merge = pick(possible);
        merge.moved()
                .forEach(row ->
                        owners.computeIfPresent(row, (_, owner) -> owner.equals(merge.to()) ? merge.from() : owner));
        merges.remove(merge);
        undone++;
        FeedEvent back = FactFixtures.customer(merge.from(), DAY, null);
        FeedEvent unmerged = FactFixtures.merge("customer.unmerged", merge.id(), merge.from(), merge.to());
        if (random.nextBoolean()) {
            facts.apply(back, unmerged);
        } else {
            facts.apply(back);
            facts.apply(unmerged);
        }
    }

    private void tellSome(FactFixtures facts) {
        @Nullable News news = late.isEmpty() ? null : late.remove(random.nextInt(late.size()));
        if (news != null) {
            tell(facts, news);
        }
    }

    void tellAll(FactFixtures facts) {
        late.forEach(news -> tell(facts, news));
        late.clear();
    }

    private static void tell(FactFixtures facts, News news) {
        UUID id = news.row().id();
        switch (news.row().kind()) {
            case EVENT -> facts.apply(FactFixtures.done(id, news.customer(), "SEARCHED", DAY));
            case ANSWER -> facts.apply(FactFixtures.answer(id, news.customer(), "CSAT", "4", DAY));
            case MESSAGE -> facts.applyMessages(FactFixtures.message(id, news.customer(), "EMAIL", news.state(), DAY));
        }
    }

    private List<UUID> live() {
        return customers.stream()
                .filter(id -> merges.stream().noneMatch(merge -> merge.from().equals(id)))
                .toList();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
