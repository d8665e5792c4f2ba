using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Data;

internal sealed class PersonConfiguration : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.ToTable("People");
        person.Property(p => p.FullName).HasMaxLength(80).IsSearched();
        person.Property(p => p.Number).HasMaxLength(40).IsSearched();
        person.Property(p => p.UserName).IsSearched();
        person.Property(p => p.Email).IsSearched();
        person.Property(p => p.PhoneNumber).IsSearched();
        person.Property(p => p.ClassName).HasMaxLength(80).IsSearched();
        person.Property(p => p.College).HasMaxLength(80);
        person.Property(p => p.Major).HasMaxLength(80);
        person.Property(p => p.StatusBecause).HasMaxLength(200);
        person.Property(p => p.Pinyin).HasMaxLength(400);
        person.Property(p => p.Initials).HasMaxLength(80);
        person.Property(p => p.Language).HasMaxLength(10);
        person.Property(p => p.RetiredBecause).HasMaxLength(200);
        person.Property(p => p.SlipHash).HasMaxLength(64);
        person.HasIndex(p => p.Number).IsUnique().HasFilter("\"RetiredAt\" IS NULL");
        person.HasIndex(p => p.Pinyin);
        person.HasIndex(p => new { p.Grade, p.ClassName });
        // Names are unique among people who have not retired only (SignInNames); Identity's own unique index would include the retired.
        person.HasIndex(p => p.NormalizedUserName).IsUnique(false);
        person.Ignore(p => p.ConfirmedEmail).Ignore(p => p.MaySignIn).Ignore(p => p.SearchText);
        person.HasMany(p => p.SignInNames).WithOne().HasForeignKey(n => n.PersonId).OnDelete(DeleteBehavior.Cascade);
        person.Navigation(p => p.SignInNames).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class SignInNameConfiguration : IEntityTypeConfiguration<SignInName>
{
    public void Configure(EntityTypeBuilder<SignInName> name)
    {
        name.ToTable("SignInNames").HasKey(n => n.Name);
        name.Property(n => n.Name).HasMaxLength(256);
    }
}

internal sealed class PersonPictureConfiguration : IEntityTypeConfiguration<PersonPicture>
{
    public void Configure(EntityTypeBuilder<PersonPicture> picture)
    {
        picture.ToTable("PersonPictures").HasKey(p => p.PersonId);
        picture.Property(p => p.PersonId).ValueGeneratedNever();
        picture.HasOne<Person>().WithOne().HasForeignKey<PersonPicture>(p => p.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SignInRecordConfiguration : IEntityTypeConfiguration<SignInRecord>
{
    public void Configure(EntityTypeBuilder<SignInRecord> signIn)
    {
        signIn.ToTable("SignIns");
        signIn.Property(s => s.Address).HasMaxLength(45);
        signIn.Property(s => s.Device).HasMaxLength(80);
        signIn.HasIndex(s => new { s.PersonId, s.At });
        signIn.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable("Sessions");
        session.Property(s => s.Id).ValueGeneratedNever();
        session.Property(s => s.Address).HasMaxLength(45);
        session.Property(s => s.Device).HasMaxLength(80);
        session.HasIndex(s => s.PersonId);
        session.HasIndex(s => s.LastSeenAt);
        session.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RoleConfiguration : IEntityTypeConfiguration<IdentityRole<long>>
{
    // The enum is the list of roles; the rows exist only for Identity.
    public void Configure(EntityTypeBuilder<IdentityRole<long>> role) => role.HasData(Enum.GetValues<Role>().Select(r => new IdentityRole<long>
    {
        Id = (long)r,
        Name = r.ToString(),
        NormalizedName = r.ToString().ToUpperInvariant(),
        ConcurrencyStamp = r.ToString(),
    }));
}
