namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>
/// A record as its CSV file spells it: the line it begins on (a record may span several), its ordinal among the records (empty lines are
/// none, records of blank fields are), how many fields it has, blank ones included, whether text follows a closing quote, so that it is
/// unclear where the field ends, and whether a quote after a space is left open, so that the text was split at the separators inside it.
/// </summary>
public readonly record struct CsvRecord(int Line, int Ordinal, int Fields, bool HasTextAfterQuote, bool HasOpenQuote);
