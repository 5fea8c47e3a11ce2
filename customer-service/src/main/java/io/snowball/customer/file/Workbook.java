package io.snowball.customer.file;

import io.snowball.customer.file.GuardedXml.Allowance;
import io.snowball.customer.file.GuardedXml.RefusedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The parts of an XLSX file (ECMA-376) that a table needs: its first sheet, the texts that cells share, and which styles are dates. */
final class Workbook implements Closeable {
    /** As much unfolding as Apache POI allows by default: a hundred times, small files aside. */
    private static final long MAX_RATIO = 100;

    private static final long UNFOLDED_AT_LEAST = 10 << 20;
    private static final long UNFOLDED_AT_MOST = 2L << 30;
    private static final int MAX_SHARED_CHARACTERS = 16 << 20;
    private static final int MAX_SHARED_TEXTS = 2_000_000;
    private static final String FOLDER = "xl/";
    private static final XMLInputFactory XML = factory();

    private final ZipFile zip;
    private final Allowance allowance;
    private final Map<String, String> targets = new HashMap<>();
    private String sheet = "";
    private boolean from1904;
    final List<String> sharedTexts = new ArrayList<>();
    final BitSet dateStyles = new BitSet();

    Workbook(Path file) throws IOException, FileRefusedException {
        allowance = new Allowance(Math.clamp(MAX_RATIO * Files.size(file), UNFOLDED_AT_LEAST, UNFOLDED_AT_MOST));
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException _) {
            throw new FileRefusedException("This is not an Excel workbook (.xlsx): announce the format that it has");
        }
        try {
            readParts();
        } catch (FileRefusedException | IOException | RuntimeException failed) {
            zip.close();
            throw failed;
        }
    }

    private void readParts() throws IOException, FileRefusedException {
        Map<String, String> kinds = new HashMap<>();
        each(FOLDER + "_rels/workbook.xml.rels", xml -> {
            if (xml.getLocalName().equals("Relationship")) {
                String target = attribute(xml, "Target");
                String path = target.startsWith("/") ? target.substring(1) : FOLDER + target;
                targets.put(attribute(xml, "Id"), path);
                String type = attribute(xml, "Type");
                kinds.put(type.substring(type.lastIndexOf('/') + 1), path);
            }
        });
        each(FOLDER + "workbook.xml", xml -> {
            if (xml.getLocalName().equals("sheet") && sheet.isEmpty()) {
                sheet = targets.getOrDefault(attribute(xml, "id"), "");
            } else if (xml.getLocalName().equals("workbookPr")) {
                from1904 = List.of("1", "true").contains(attribute(xml, "date1904"));
            }
        });
        if (kinds.containsKey("styles")) {
            readStyles(kinds.get("styles"));
        }
        if (kinds.containsKey("sharedStrings")) {
            readSharedTexts(kinds.get("sharedStrings"));
        }
    }

    /** The first sheet. */
    XMLStreamReader rows() throws IOException, FileRefusedException {
        return open(sheet);
    }

    boolean from1904() {
        return from1904;
    }

    private void readStyles(String path) throws IOException, FileRefusedException {
        Set<Integer> dates = new HashSet<>();
        int[] styles = {-1};
        each(path, xml -> {
            switch (xml.getLocalName()) {
                case "numFmt" -> {
                    if (SheetCell.isDateFormat(attribute(xml, "formatCode"))) {
                        dates.add(number(xml, "numFmtId"));
                    }
                }
                case "cellXfs" -> styles[0] = 0;
                case "cellStyles", "dxfs" -> styles[0] = -1;
                case "xf" -> {
                    if (styles[0] >= 0) {
                        int format = number(xml, "numFmtId");
                        dateStyles.set(styles[0]++, SheetCell.isBuiltInDate(format) || dates.contains(format));
                    }
                }
                default -> {}
            }
        });
    }

    private void readSharedTexts(String path) throws IOException, FileRefusedException {
        XMLStreamReader xml = open(path);
        long characters = 0;
        try {
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("si")) {
                    String text = SheetCell.textWithin(xml, "si", "t");
                    characters += text == null ? 0 : text.length();
                    sharedTexts.add(text == null ? "" : text);
                    if (characters > MAX_SHARED_CHARACTERS || sharedTexts.size() > MAX_SHARED_TEXTS) {
                        throw new FileRefusedException("The workbook has too many different texts: save it as CSV");
                    }
                }
            }
        } catch (XMLStreamException broken) {
            throw refused(broken);
        }
    }

    private interface Visitor {
        void visit(XMLStreamReader element);
    }

    private void each(String path, Visitor visitor) throws IOException, FileRefusedException {
        XMLStreamReader xml = open(path);
        try {
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    visitor.visit(xml);
                }
            }
        } catch (XMLStreamException broken) {
            throw refused(broken);
        }
    }

    private XMLStreamReader open(String path) throws IOException, FileRefusedException {
        ZipEntry entry = zip.getEntry(path);
        if (entry == null) {
            throw new FileRefusedException("This is not an Excel workbook (.xlsx) with a sheet in it");
        }
        try {
            return XML.createXMLStreamReader(new GuardedXml(zip.getInputStream(entry), allowance), "UTF-8");
        } catch (XMLStreamException broken) {
            throw refused(broken);
        } catch (ZipException _) {
            throw damaged();
        }
    }

    static FileRefusedException refused(XMLStreamException failure) {
        // Nothing of the parser's message: it may quote a cell.
        return failure.getNestedException() instanceof RefusedException refusal
                ? new FileRefusedException(String.valueOf(refusal.getMessage()))
                : damaged();
    }

    private static FileRefusedException damaged() {
        return new FileRefusedException("The workbook is damaged: save it again, or as CSV");
    }

    static String attribute(XMLStreamReader xml, String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(name)) {
                return xml.getAttributeValue(i);
            }
        }
        return "";
    }

    /** @return -1 where it is absent or no number */
    static int number(XMLStreamReader xml, String name) {
        return SheetCell.wholeNumber(attribute(xml, name));
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Said once more: the defaults differ from one JDK to the next.
        factory.setProperty("jdk.xml.maxElementDepth", "100");
        factory.setProperty("jdk.xml.elementAttributeLimit", "100");
        // Without a DTD there are no entities but "&amp;" and its like, of which a long sheet has any number.
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
        return factory;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
