# Writes the gazetteer, a place a line: code, country, name, other names.
#
# From iso-codes come all countries, and the subdivisions of the countries that
# the news here is of; places.tsv ($ours) comes over it: where it names a place,
# what iso-codes calls it does not count, and what it names counts wherever it
# is. Of two places with one name the first line has it where nothing speaks for
# the other, so countries come first, and cities before their districts.
# "Bolivia, Plurinational State of" is left out where there is another name, and
# so is what iso-codes has in brackets behind one. A subdivision that is a country
# of ISO 3166-1, too, is the country.
#
#     jq -rn --rawfile ours places.tsv -f gazetteer.jq 3166-1.json 3166-2.json

def whole: test("^(AZ|CN|GE|ID|IN|IR|JP|KH|KR|KZ|LA|MY|PH|RU|TH|TR|US|VN)-");
def country: test("^(CN-(HK|MO|TW)|US-(AS|GU|MP|PR|UM|VI))$");
def rank:
  {"Autonomous republic": 1, "Municipality": 2}[.] // 3;
def plain: sub(" *[(\\[<].*$"; "");

($ours | split("\n") | map(select(test("^(#|$)") | not) | split("\t")))
    as $rows
| ([$rows[] | select(.[0] | test("^[-@]") | not)]
    | group_by(.[0]) | map({key: .[0][0], value: (map(.[1:]) | add)})
    | from_entries) as $known
| [inputs | add] as [$countries, $subdivisions]
| [($countries[]
    | {code: .alpha_2, country: .alpha_2, rank: 0,
       names: ([.common_name, .name, .official_name] | map(values)
         | map(select(test(",") | not)) + .[:1] | map(plain))}),
   ($subdivisions[] | select((.code | whole) or $known[.code] != null)
    | select(.code | country | not)
    | {code, country: .code[:2], rank: (.type | rank),
       names: [.name | plain]})]
| map(.code as $code | {key: $code, value: .}) | from_entries as $places
| ($known | keys[] | select($places[.] == null)
    | error("places.tsv: iso-codes has no " + .)),
  ($rows[] | select(.[0] == "-") | ["-", "-"] + .[1:]),
  ($places | map(.) | sort_by(.rank, .code)[]
    | if .rank == 0 and $known[.code] != null
      then .names = $known[.code] + .names
      else .names = ($known[.code] // .names) end
    | .names[:1] as $first
    | [.code, .country] + $first + (.names[1:] - $first)),
  ($rows[] | select(.[0] | startswith("@")))
| join("\t")
