package io.snowball.customer.imports;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.file.SourceRecord;
import io.snowball.customer.imports.ImportApi.ImportView;
import io.snowball.customer.order.OrderDraft;
import io.snowball.customer.order.OrderLine;
import io.snowball.customer.order.OrderOutcome;
import io.snowball.customer.order.OrderOutcome.Status;
import io.snowball.customer.order.OrderStatus;
import io.snowball.customer.order.Orders;
import io.snowball.platform.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Orders of a file. In CSV a record is a line of an order and neighbours with one order_id are one order; an order of which a line
 * can't be read is refused as a whole, since its amount would be wrong.
 */
final class OrderChunks implements ChunkBuilder {
    private static final int ORDER_ID = 0;
    private static final int CUSTOMER_ID = 1;
    private static final int ORDERED_AT = 2;
    private static final int STATUS = 3;
    private static final int CHANNEL = 4;
    private static final int AMOUNT = 5;
    private static final int SHOP = 6;
    private static final int PAYMENT_METHOD = 7;
    private static final int SKU = 8;
    private static final int QUANTITY = 9;
    private static final int PRICE = 10;
    private static final int DISCOUNT = 11;

    private final Orders orders;
    private final Instant begun;
    private final ZoneId zone;
    private final boolean dryRun;
    private List<OrderDraft> drafts = new ArrayList<>();
    private List<Long> draftLines = new ArrayList<>();
    private List<LineError> errors = new ArrayList<>();
    private int rejected;
    private int lineCount;
    private long lastLine;
    private @Nullable Group open;

    /** @param begun orders that were stored after this are left alone */
    OrderChunks(Orders orders, ImportView announced, Instant begun) {
        this.orders = orders;
        this.begun = begun;
        this.zone = ZoneId.of(announced.timeZone());
        this.dryRun = announced.dryRun();
    }

    /** The rows of one order, as far as they have come. */
    private static final class Group {
        final @Nullable String[] first;
        final long line;
        final List<OrderLine> lines = new ArrayList<>(2);
        boolean broken;
        /** A line of which even the order could not be read came after the last row: it may have been one of ours. */
        boolean gap;

        Group(SourceRecord record) {
            this.first = record.fields();
            this.line = record.line();
        }
    }

    @Override
    public void add(SourceRecord record) {
        String orderId = record.fields()[ORDER_ID];
        if (orderId == null && record.fault() != null) {
            error(record.line(), record.fault().field(), record.fault().reason());
            rejected++;
            if (open != null) {
                open.gap = true;
            }
            lastLine = record.line();
            return;
        }
        Group group = open;
        if (group == null || record.lines() != null || !Objects.equals(group.first[ORDER_ID], orderId)) {
            close();
            group = new Group(record);
            open = group;
        }
        lastLine = record.line();
        addTo(group, record);
        if (record.lines() != null) {
            close();
        }
    }

    private void addTo(Group group, SourceRecord record) {
        if (group.gap) {
            breakUp(group, record.line(), null, "a line of this order before this one can't be read");
            group.gap = false;
        }
        if (record.fault() != null) {
            breakUp(group, record.line(), record.fault().field(), record.fault().reason());
            return;
        }
        if (group.lines.size() >= OrderDraft.MAX_LINES) {
            if (!group.broken) {
                breakUp(group, record.line(), null, "an order can have at most " + OrderDraft.MAX_LINES + " lines");
            }
            return;
        }
        String differing = record.line() == group.line ? null : differing(group.first, record.fields());
        if (differing != null) {
            breakUp(group, record.line(), differing, "differs from the order's first line");
            return;
        }
        if (record.lines() == null) {
            addLine(group, record.line(), record.fields());
        } else {
            record.lines().forEach(line -> addLine(group, record.line(), line));
        }
    }

    private void addLine(Group group, long at, @Nullable String[] fields) {
        if (fields[SKU] == null && fields[QUANTITY] == null && fields[PRICE] == null) {
            return;
        }
        @Nullable String field = "sku";
        try {
            String sku = OrderLine.sku(fields[SKU]);
            field = "quantity";
            int quantity = quantity(fields[QUANTITY]);
            field = "price";
            Money price = money(fields[PRICE]);
            if (price == null) {
                throw new IllegalArgumentException("is required");
            }
            field = "discount";
            Money discount = money(fields[DISCOUNT]);
            field = null;
            group.lines.add(OrderLine.of(sku, quantity, price, discount));
        } catch (IllegalArgumentException refused) {
            breakUp(group, at, field, String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public void finish() {
        close();
    }

    private void close() {
        Group group = open;
        open = null;
        if (group == null) {
            return;
        }
        if (!group.broken) {
            complete(group);
        }
        if (group.broken) {
            rejected++;
        }
    }

    private void complete(Group group) {
        @Nullable String[] fields = group.first;
        String field = "order_id";
        try {
            String orderId = OrderDraft.externalId(fields[ORDER_ID]);
            field = "customer_id";
            String customerId = OrderDraft.externalId(fields[CUSTOMER_ID]);
            field = "ordered_at";
            Instant orderedAt = OrderDraft.orderedAt(orderedAt(fields[ORDERED_AT]), begun);
            field = "status";
            OrderStatus status = OrderStatus.parse(fields[STATUS]);
            field = "channel";
            String channel = OrderDraft.channel(fields[CHANNEL]);
            field = "amount";
            Money amount = money(fields[AMOUNT]);
            OrderDraft draft =
                    OrderDraft.of(orderId, null, customerId, orderedAt, status, amount, channel, group.lines);
            field = "shop";
            drafts.add(draft.sold(fields[SHOP], fields[PAYMENT_METHOD]));
            draftLines.add(group.line);
            lineCount += group.lines.size();
        } catch (IllegalArgumentException refused) {
            breakUp(group, group.line, field, String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public int size() {
        // A chunk of orders with hundreds of lines each must not become a long transaction: count the lines, at two an
        // order.
        return Math.max(drafts.size() + errors.size(), lineCount / 2);
    }

    @Override
    public Chunk take() {
        List<OrderDraft> batch = drafts;
        List<Long> lines = draftLines;
        List<LineError> found = errors;
        int refused = rejected;
        drafts = new ArrayList<>(batch.size());
        draftLines = new ArrayList<>(batch.size());
        errors = new ArrayList<>();
        rejected = 0;
        lineCount = 0;
        Uni<Tally> write = Uni.createFrom()
                .deferred(() -> dryRun ? orders.rehearse(batch, begun) : orders.write(batch, begun))
                .map(outcomes -> tally(outcomes, lines, found, refused));
        return new Chunk(lastLine, write);
    }

    private static Tally tally(List<OrderOutcome> outcomes, List<Long> lines, List<LineError> found, int refused) {
        Map<Status, Integer> counts = new EnumMap<>(Status.class);
        List<LineError> errors = new ArrayList<>(found);
        for (int i = 0; i < outcomes.size(); i++) {
            OrderOutcome outcome = outcomes.get(i);
            counts.merge(outcome.status(), 1, Integer::sum);
            if (outcome.reason() != null) {
                errors.add(new LineError(lines.get(i), outcome.field(), outcome.reason()));
            }
        }
        return new Tally(
                counts.getOrDefault(Status.ACCEPTED, 0),
                counts.getOrDefault(Status.UPDATED, 0),
                counts.getOrDefault(Status.DUPLICATE, 0),
                counts.getOrDefault(Status.REJECTED, 0) + refused,
                errors);
    }

    private void breakUp(Group group, long line, @Nullable String field, String reason) {
        group.broken = true;
        error(line, field, reason);
    }

    private void error(long line, @Nullable String field, String reason) {
        errors.add(new LineError(line, field, reason));
    }

    /** What belongs to the order and not to the line may be left out on later lines, but not differ. */
    private static @Nullable String differing(@Nullable String[] first, @Nullable String[] later) {
        for (int i = CUSTOMER_ID; i < SKU; i++) {
            if (later[i] != null && !later[i].equals(first[i])) {
                return ImportKind.ORDERS.columns().names().get(i);
            }
        }
        return null;
    }

    private static int quantity(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return 1;
        }
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException _) {
            // The message of the cause would repeat the value.
            throw new IllegalArgumentException("must be a whole number");
        }
    }

    private static @Nullable Money money(@Nullable String text) {
        return text == null || text.isBlank() ? null : Money.parse(text);
    }

    private Instant orderedAt(@Nullable String text) {
        Instant at = FileTime.parse(text, zone);
        if (at == null) {
            throw new IllegalArgumentException("is required");
        }
        return at;
    }
}
