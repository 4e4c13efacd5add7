#include <fmt/format.h>

#include <cctype>
#include <set>

#include "core/arith/scalar_type.hpp"
#include "rtlgen/netlist/netlist.hpp"

namespace sluice {

std::string verilog_identifier(const std::string& name) {
  // Keywords of IEEE 1364-2005 and the ones that SystemVerilog tools reserve besides.
  static const std::set<std::string> keywords{
      "always", "and", "assign", "automatic", "begin", "bit", "bind", "break", "buf", "bufif0", "bufif1", "byte", "case",
      "casex", "casez", "cell", "checker", "class", "clocking", "cmos", "config", "const", "constraint", "context", "continue",
      "cover", "cross", "deassign", "default", "defparam", "design", "disable", "dist", "do", "edge", "else", "end",
      "endcase", "endclass", "endconfig", "endfunction", "endgenerate", "endmodule", "endprimitive", "endspecify",
      "endtable", "endtask", "enum", "event", "expect", "export", "extends", "extern", "final", "for", "force", "foreach",
      "forever", "fork", "function", "generate", "genvar", "global", "highz0", "highz1", "if", "iff", "ifnone", "implements",
      "implies", "import", "incdir", "include", "initial", "inout", "input", "inside", "instance", "int", "integer",
      "interface", "join", "large", "let", "liblist", "library", "local", "localparam", "logic", "longint", "macromodule",
      "matches", "medium", "modport", "module", "nand", "negedge", "new", "nmos", "nor", "noshowcancelled", "not", "notif0",
      "notif1", "null", "or", "output", "package", "packed", "parameter", "pmos", "posedge", "primitive", "priority",
      "program", "property", "protected", "pull0", "pull1", "pulldown", "pullup", "pure", "rand", "randc", "randcase",
      "rcmos", "real", "realtime", "ref", "reg", "release", "repeat", "restrict", "return", "rnmos", "rpmos", "rtran",
      "rtranif0", "rtranif1", "scalared", "sequence", "shortint", "shortreal", "showcancelled", "signed", "small", "soft",
      "solve", "specify", "specparam", "static", "string", "strong", "strong0", "strong1", "struct", "super", "supply0",
      "supply1", "table", "tagged", "task", "this", "throughout", "time", "timeprecision", "timeunit", "tran", "tranif0",
      "tranif1", "tri", "tri0", "tri1", "triand", "trior", "trireg", "type", "typedef", "union", "unique", "unsigned",
      "until", "untyped", "use", "uwire", "var", "vectored", "virtual", "void", "wait", "wand", "weak", "weak0", "weak1",
      "while", "wildcard", "wire", "with", "within", "wor", "xnor", "xor"};
  std::string result;
  for (const char c : name) {
    const bool legal = std::isalnum(static_cast<unsigned char>(c)) || c == '_';
    // Runs of foreign characters become one underscore; two in a row are hard to read.
    if (legal || (!result.empty() && result.back() != '_')) result += legal ? c : '_';
  }
  while (result.size() > 1 && result.back() == '_') result.pop_back();
  if (result.empty()) return "n";
  if (!std::isalpha(static_cast<unsigned char>(result[0]))) result = "n" + std::string(result[0] == '_' ? "" : "_") + result;
  if (keywords.contains(result)) result += "_n";
  return result;
}

std::string verilog_literal(int width, std::uint64_t value) {
  if (width <= 4) return fmt::format("{}'d{}", width, value & low_bits(width));
  return fmt::format("{}'h{:0{}x}", width, value & low_bits(width), (width + 3) / 4);
}

}  // namespace sluice
