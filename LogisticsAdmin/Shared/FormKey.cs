using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LogisticsAdmin.Shared;

/// <summary>
/// Identifies what was sent by a form: the key of the form and what was filled in. A form sent twice has the same one; a form that was opened
/// again by the browser's back button and sent with other words has another.
/// </summary>
public static class FormKey
{
    /// <summary>Null for a form without a key.</summary>
    public static Guid? Of(Guid? form, params IEnumerable<object?> filledIn)
    {
        if (form is not { } key) return null;
        var values = filledIn.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture));
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', values.Prepend(key.ToString("N")))))[..16]);
    }
}
