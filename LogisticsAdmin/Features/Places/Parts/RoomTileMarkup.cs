using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Places.Parts;

/// <summary>
/// The content of a tile of the grid as markup, and the tile's words. As elements of a component, the 1,200 rooms of a tower would be most of
/// the page's memory.
/// </summary>
internal sealed class RoomTileMarkup(IStringLocalizer words, HtmlEncoder encoder, string openWords, bool isColouredByOpen)
{
    /// <summary>More beds than this are told as a number.</summary>
    private const int Pips = 8;

    private const string Wrench =
        "<svg class=\"w\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M20 7l-4 4-3-3 4-4a5.5 5.5 0 0 0-7 7l-7 7 3 3 7-7a5.5 5.5 0 0 0 7-7z\"/></svg>";

    /// <summary>The classes of a tile: its colour tells the same as its words.</summary>
    public string ClassOf(RoomTile room) => (room.State, isColouredByOpen) switch
    {
        (RoomState.Retired, _) => "off",
        (_, true) => room.Open > 0 ? "fix" : "plain",
        (RoomState.Full, _) => "full",
        (RoomState.Free, _) => "free",
        (RoomState.Empty, _) => "empty",
        _ => "pub",
    };

    /// <summary>What a screen reader says: first the words of the tile, then its name and what else is known.</summary>
    public string LabelOf(RoomTile room)
    {
        var name = room.Name.ToString();
        List<string> label = [$"{room.Code} {NumberOf(room)}{WordsOf(room)}"];
        if (name != room.Code) label.Add(name);
        if (isColouredByOpen) label.Add(StateOf(room));
        if (room.Beds > 0) label.Add($"{room.Taken}/{room.Beds}");
        if (room.Open > 0 && !isColouredByOpen) label.Add($"{openWords} {room.Open}");
        return string.Join(", ", label);
    }

    public MarkupString Of(RoomTile room)
    {
        var html = new StringBuilder("<b>").Append(encoder.Encode(room.Code)).Append("</b> ");
        if (room.Beds is > 0 and <= Pips)
        {
            html.Append("<i class=\"p\">");
            for (var bed = 0; bed < room.Beds; bed++) html.Append(bed < room.Taken ? "<i></i>" : "<i class=\"o\"></i>");
            html.Append("</i>");
        }
        else
        {
            html.Append("<i class=\"q\">").Append(NumberOf(room)).Append("</i>");
        }
        html.Append("<em>");
        if (room.Open > 0) html.Append(Wrench);
        return new MarkupString(html.Append(encoder.Encode(WordsOf(room))).Append("</em>").ToString());
    }

    /// <summary>Taken and all beds where they are too many for pips, and a space; else nothing.</summary>
    private static string NumberOf(RoomTile room) =>
        room.Beds > Pips ? string.Create(CultureInfo.InvariantCulture, $"{room.Taken}/{room.Beds} ") : "";

    private string WordsOf(RoomTile room) =>
        !isColouredByOpen || room.State == RoomState.Retired ? StateOf(room) : room.Open > 0 ? $"{openWords} {room.Open}" : "—";

    private string StateOf(RoomTile room) => room.State switch
    {
        RoomState.Free => words["TreeFree", room.Free],
        RoomState.Shared => words[$"RoomKind.{room.Kind}"],
        var state => words[$"RoomState.{state}"],
    };
}
