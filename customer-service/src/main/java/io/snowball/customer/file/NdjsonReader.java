package io.snowball.customer.file;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.snowball.customer.file.SourceRecord.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON object a line, with the same names as the columns of CSV. */
public final class NdjsonReader implements RecordReader {
    private static final String LINES = "lines";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final Columns columns;
    private final Window window;
    private final Limits limits;
    private boolean begun;
    private long line;

    public NdjsonReader(InputStream in, Columns columns, Limits limits) {
        this.columns = columns;
        this.window = new Window(in, limits.maxLine());
        this.limits = limits;
    }

    @Override
    public @Nullable SourceRecord next() throws IOException {
        if (!begun) {
            window.skipByteOrderMark();
            begun = true;
        }
        while (!window.isEmpty() || !window.complete) {
            int behind = window.behindBreak(window.start);
            if (behind >= 0) {
                int start = window.start;
                window.start = behind;
                line++;
                if (!isBlank(start, behind)) {
                    return record(start, behind - start);
                }
            } else if (!window.readOn()) {
                window.skipLine();
                line++;
                return unreadable(new Fault(null, "the line is longer than " + limits.maxLine() + " bytes"));
            }
        }
        return null;
    }

    private SourceRecord record(int start, int length) {
        JsonNode object;
        try {
            object = JSON.readTree(window.bytes, start, length);
        } catch (IOException _) {
            // The message of the cause would quote the line.
            return unreadable(new Fault(null, "the line is not well-formed JSON in UTF-8"));
        }
        if (object == null || !object.isObject()) {
            return unreadable(new Fault(null, "the line is not a JSON object"));
        }
        @Nullable String[] fields = new String[columns.names().size()];
        Fault fault = fill(fields, object, columns.names());
        if (columns.lineNames().isEmpty()) {
            return new SourceRecord(line, fields, null, fault);
        }
        List<@Nullable String[]> lines = new ArrayList<>();
        JsonNode array = object.path(LINES);
        if (!array.isMissingNode() && !array.isNull() && !array.isArray()) {
            fault = new Fault(LINES, "must be an array");
        }
        for (JsonNode element : array) {
            @Nullable String[] each = fields.clone();
            Fault found = element.isObject()
                    ? fill(each, element, columns.lineNames())
                    : new Fault(LINES, "must be an array of objects");
            fault = fault == null ? found : fault;
            lines.add(each);
        }
        return new SourceRecord(line, fields, lines, fault);
    }

    private @Nullable Fault fill(@Nullable String[] fields, JsonNode object, List<String> names) {
        Fault fault = null;
        for (String name : names) {
            JsonNode value = object.get(name);
            if (value != null && value.isContainerNode()) {
                fault = new Fault(name, "must be a text or a number");
            } else if (value != null && !value.isNull()) {
                fields[columns.indexOf(name)] = value.asText();
            }
        }
        return fault;
    }

    private SourceRecord unreadable(Fault fault) {
        return new SourceRecord(line, new String[columns.names().size()], null, fault);
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (window.bytes[i] != ' '
                    && window.bytes[i] != '\r'
                    && window.bytes[i] != '\n'
                    && window.bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }
}
