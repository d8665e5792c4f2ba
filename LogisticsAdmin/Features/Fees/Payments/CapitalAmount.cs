using System.Text;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>大写金额, as receipts carry it: 人民币壹佰元零伍分.</summary>
public static class CapitalAmount
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";
    private static readonly string[] Places = ["", "拾", "佰", "仟"], Groups = ["", "万", "亿"];

    /// <summary>An amount above zero, below a trillion yuan.</summary>
    public static string Of(Money amount)
    {
        if (amount <= Money.Zero || amount.Fen >= 100_000_000_000_000) throw new ArgumentOutOfRangeException(nameof(amount), amount, null);
        var (yuan, jiao, fen) = (amount.Fen / 100, (int)(amount.Fen / 10 % 10), (int)(amount.Fen % 10));
        var text = new StringBuilder("人民币");
        if (yuan > 0) text.Append(Whole(yuan)).Append('元');
        if (jiao == 0 && fen == 0) return text.Append('整').ToString();
        if (jiao > 0) text.Append(Digits[jiao]).Append('角');
        else if (yuan > 0) text.Append(Digits[0]);
        return fen > 0 ? text.Append(Digits[fen]).Append('分').ToString() : text.Append('整').ToString();
    }

    private static string Whole(long number)
    {
        var text = new StringBuilder();
        var digits = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var (needsZero, groupHasDigit) = (false, false);
        for (var i = 0; i < digits.Length; i++)
        {
            var (digit, place) = (digits[i] - '0', digits.Length - 1 - i);
            if (digit > 0)
            {
                if (needsZero) text.Append(Digits[0]);
                text.Append(Digits[digit]).Append(Places[place % 4]);
                (needsZero, groupHasDigit) = (false, true);
            }
            else
            {
                needsZero = text.Length > 0;
            }
            if (place % 4 != 0) continue;
            if (groupHasDigit) text.Append(Groups[place / 4]);
            groupHasDigit = false;
        }
        return text.ToString();
    }
}
